//! What is done with the list: choosing, acting, searching, coming back to it.

use serde_json::json;

use super::page::{Page, Row};
use super::thing::{Thing, button, checkbox, link, navigation, region, row, textbox};

/// The box of a row that chooses it.
pub fn choice(email: &str) -> Thing {
    checkbox(&format!("Select {email}"))
}

/// The button that resends an invitation.
pub fn resend(email: &str) -> Thing {
    button(&format!("Resend invitation to {email}"))
}

/// The button that opens the menu of an invitation.
pub fn more(email: &str) -> Thing {
    button(&format!("More actions for {email}"))
}

/// The button that tries once more what failed.
pub fn again(email: &str) -> Thing {
    button(&format!("Try again: {email}"))
}

/// The box that words are searched with.
pub fn search_box() -> Thing {
    textbox("Search by email, role or status")
}

impl Page {
    /// Picks something in the menu of a row.
    pub async fn picks(&self, email: &str, what: &str) {
        self.click(more(email)).await;
        self.click(super::any("menuitem").named(what)).await;
    }

    /// Resends an invitation, which is asked about first.
    pub async fn resends(&self, email: &str) {
        self.click(resend(email)).await;
        self.click(button("Resend").within(super::any("dialog"))).await;
    }

    /// Waits until a row says what became of it, in the place of its buttons.
    pub async fn has_become(&self, email: &str, what: &str) {
        let script = "return find(arguments[0][0]).some((found) => nameOf(found).includes(arguments[0][1]))";
        self.until_true(format!("{email} to be {what:?}"), script, json!([row(email), what])).await;
    }

    /// Asks for the list as it is now, and waits until it shows exactly these addresses.
    pub async fn refreshes_to(&self, emails: &[String]) {
        self.click(button("Refresh")).await;
        self.lists(emails).await;
    }

    /// Waits until this is said of the seats.
    pub async fn has_seats(&self, said: &str) {
        let script =
            "return find(arguments[0][0]).some((seats) => clean(seats.innerText).includes(arguments[0][1]))";
        self.until_true(format!("the seats {said:?}"), script, json!([region("Seats"), said])).await;
    }

    /// The row of an address, as soon as it is drawn.
    pub async fn row_of(&self, email: &str) -> Row {
        let wanted = async || self.rows().await.into_iter().find(|row| row.email == email);
        self.until(format!("the row of {email:?}"), wanted).await
    }

    /// Waits until this is said of a row.
    pub async fn says_of_row(&self, email: &str, said: &str) {
        self.until(format!("{said:?} at the row of {email:?}"), async || {
            self.rows().await.iter().any(|row| row.email == email && row.said.contains(said)).then_some(())
        })
        .await;
    }

    /// Waits until this stands in the bar about what was chosen, e.g. `3 selected`; nothing when none is.
    pub async fn has_chosen(&self, text: &str) {
        let script = "
            const said = all('status').map((line) => clean(line.textContent));
            return arguments[0] ? said.includes(arguments[0]) : !said.some((line) => /^[\\d,]+ selected$/.test(line))";
        self.until_true(format!("the selection {text:?}"), script, json!(text)).await;
    }

    /// Chooses these rows.
    pub async fn choose_rows(&self, emails: &[&str]) {
        for email in emails {
            self.click(choice(email)).await;
        }
        self.until(format!("{emails:?} to be chosen"), async || {
            let rows = self.rows().await;
            let is_chosen = |email: &&str| rows.iter().any(|row| row.email == *email && row.is_chosen);
            emails.iter().all(is_chosen).then_some(())
        })
        .await;
    }

    /// Clicks something in the bar about what was chosen.
    pub async fn does_with_chosen(&self, what: &str) {
        // What has no button of its own is in the menu of the bar.
        let script = "
            const bar = find(arguments[0][0])[0]?.parentElement;
            const buttons = [...bar?.querySelectorAll('button') ?? []];
            const found = buttons.find((one) => nameOf(one).replace(/ [\\d,]+$/, '') === arguments[0][1]);
            const menu = buttons.find((one) => one.getAttribute('aria-expanded') === 'false');
            (found ?? menu)?.click();
            return !!found";
        let what_is_there = json!([button("Clear selection"), what]);
        self.until_true(format!("{what:?} in the selection bar"), script, what_is_there).await;
    }

    /// Waits until the link to another kind says this, with how many there are.
    pub async fn has_counted(&self, view: &str) {
        self.see(link(view).within(navigation("Filter by status"))).await;
    }

    /// Follows the link to another kind of invitations.
    pub async fn looks_at(&self, view: &str) {
        self.click(link(view).partly().within(navigation("Filter by status"))).await;
    }

    /// Waits until the whole list was read, as far as it had to be.
    pub async fn has_read_all(&self) {
        // How far it is stands beside the first status line of the list, with what can be done about that.
        let script = "
            const section = listSection();
            const line = section?.querySelector('[role=status]');
            return !!line && clean(line.parentElement.textContent) === ''
              && section.querySelector('table')?.getAttribute('aria-busy') !== 'true'";
        self.until_true("the whole list to be read", script, json!(null)).await;
    }

    /// Comes back to the page after so many seconds: the clock that the page measures with goes on by them, then the window
    /// gets the focus.
    pub async fn comes_back_after(&self, seconds: u32) {
        self.lets_pass(seconds).await;
        self.eval::<()>("window.dispatchEvent(new Event('focus'))", json!(null)).await;
    }

    /// Puts the clock forward that the page measures with.
    pub async fn lets_pass(&self, seconds: u32) {
        let script = "
            const clock = performance.now.bind(performance);
            const ahead = arguments[0] * 1000;
            performance.now = () => clock() + ahead;";
        self.eval::<()>(script, json!(seconds)).await;
    }

    /// Waits until the list that was asked for is drawn, whatever asked for it.
    pub async fn is_drawn(&self) {
        let script = "
            await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
            return true";
        self.until_true("a frame", script, json!(null)).await;
    }
}
