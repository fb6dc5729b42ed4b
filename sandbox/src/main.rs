//! Runs the sandbox until Ctrl-C.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};
use sandbox::world::{DEMO_PASSWORD, demo_links};
use sandbox::{Sandbox, Serve, World};

/// A stateful local stand-in for Clerk's Frontend API, with the page and Clerk's bundles beside it.
#[derive(Debug, Parser)]
struct Arguments {
    /// The built page's folder; without it the API is served alone
    #[arg(long)]
    page: Option<PathBuf>,
    /// The folder that holds clerk-js/ and ui/, the unpacked npm packages
    #[arg(long)]
    bundles: PathBuf,
    /// The sub-path the page is served under
    #[arg(long, default_value = "/")]
    base: String,
    /// The port on 127.0.0.1; 0 is any free one
    #[arg(long, default_value_t = 4173)]
    port: u16,
    /// The origin whose embed.js the page uses, when it is a page that embeds this one
    #[arg(long)]
    embeds: Option<String>,
    /// Who is there at the start
    #[arg(long, value_enum, default_value = "demo")]
    world: Start,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Start {
    /// Four users who can sign in, 14 organizations
    Demo,
    /// Nobody
    Empty,
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let arguments = Arguments::parse();
    let world = match arguments.world {
        Start::Demo => World::demo(),
        Start::Empty => World::empty(),
    };
    let users: Vec<String> =
        world.users.values().filter(|u| u.password.is_some()).map(|u| u.email_address.clone()).collect();
    // An element has no address of its own to link to, and without people there is nobody to invite.
    let has_links = arguments.embeds.is_none() && !users.is_empty();
    let links = if has_links { demo_links(&world) } else { vec![] };
    let serve = Serve {
        page: arguments.page,
        bundles: arguments.bundles,
        base: arguments.base,
        config: None,
        in_frames: false,
        port: arguments.port,
        embeds: arguments.embeds,
    };
    let sandbox = Sandbox::start(world, serve).await?;
    println!("{}", sandbox.url());
    for user in users {
        println!("  {user}  password: {DEMO_PASSWORD}");
    }
    if !links.is_empty() {
        println!("Links of invitations, as they arrive at the page:");
    }
    for link in links {
        println!("  {}{}  {}", sandbox.url(), link.path, link.shows);
    }
    tokio::signal::ctrl_c().await
}
