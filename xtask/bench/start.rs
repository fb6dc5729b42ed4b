//! How long the first row takes: the page, the bare page and the React example, visited in turn, so that a slow moment of the
//! machine falls on all of them.

use anyhow::Result;

use crate::{
    numbers::Sample,
    pages::Pages,
    visit::{Browser, Line, Times},
};

/// The languages whose words the page has to fetch.
const LANGUAGES: [(&str, &str); 2] = [("de", "row in German"), ("ar", "row in Arabic")];

/// Prints the times of visits by browsers that have never been there; in German and Arabic too.
///
/// # Errors
/// When a visit shows no row.
pub async fn first_visits(browser: &Browser, pages: &Pages, line: Line, rounds: usize) -> Result<()> {
    let mut urls = urls(pages).to_vec();
    urls.extend(LANGUAGES.map(|(tag, _)| format!("{}?lang={tag}", pages.ours.url())));
    let times = in_turn(&urls, rounds, async |url| browser.visit(url, line).await).await?;
    println!("\n{line}, first visit, median of {rounds} (lowest to highest), ms");
    table(&times);
    if let [_, bare, react, translated @ ..] = times.as_slice() {
        let rows = [bare, react].map(|page| sample(page, |times| times.row));
        for ((_, name), page) in LANGUAGES.iter().zip(translated) {
            row(name, [&sample(page, |times| times.words), &rows[0], &rows[1]]);
        }
    }
    let arrived: Sample = times.first().into_iter().flatten().filter_map(|times| times.wasm).collect();
    println!("{:22} {:>22}", "wasm has arrived", arrived.spread(0));
    Ok(())
}

/// Prints the times of second visits, by browsers that hold what their first visit brought.
///
/// # Errors
/// When a visit shows no row.
pub async fn second_visits(browser: &Browser, pages: &Pages, line: Line, rounds: usize) -> Result<()> {
    let times = in_turn(&urls(pages), rounds, async |url| browser.visit_again(url, line).await).await?;
    println!("\n{line}, second visit with a warm cache, median of {rounds} (lowest to highest), ms");
    table(&times);
    Ok(())
}

fn urls(pages: &Pages) -> [String; 3] {
    pages.named().map(|(_, page)| page.url())
}

/// The times of each page, in so many rounds. Each round begins with another page, because a visit's place in its round matters too.
async fn in_turn(
    urls: &[String],
    rounds: usize,
    visit: impl AsyncFn(&str) -> Result<Times>,
) -> Result<Vec<Vec<Times>>> {
    let mut times: Vec<Vec<Times>> = urls.iter().map(|_| Vec::new()).collect();
    for round in 0..rounds {
        for place in 0..urls.len() {
            let page = (round + place) % urls.len();
            times[page].push(visit(&urls[page]).await?);
        }
    }
    Ok(times)
}

fn table(times: &[Vec<Times>]) {
    let names = ["this page", "bare page", "React example"];
    println!(
        "{:22} {:>22} {:>22} {:>22} {:>8} {:>8}",
        "", names[0], names[1], names[2], "to bare", "to React"
    );
    if let [ours, bare, react, ..] = times {
        let compare = |name, which: fn(&Times) -> f64| {
            row(name, [&sample(ours, which), &sample(bare, which), &sample(react, which)]);
        };
        compare("first paint", |times| times.paint);
        compare("first text", |times| times.text);
        compare("first invitation row", |times| times.row);
    }
}

fn sample(times: &[Times], which: fn(&Times) -> f64) -> Sample {
    times.iter().map(which).collect()
}

fn row(name: &str, [ours, bare, react]: [&Sample; 3]) {
    let [to_bare, to_react] = [ours.ratio(bare), ours.ratio(react)];
    let [ours, bare, react] = [ours, bare, react].map(|sample| sample.spread(0));
    println!("{name:22} {ours:>22} {bare:>22} {react:>22} {to_bare:>8.2} {to_react:>8.2}");
}
