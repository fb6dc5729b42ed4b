//! axe-core over whatever is on the screen, in light and in dark.

use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::json;

use super::browser::place;
use super::page::Page;

static AXE: LazyLock<String> =
    LazyLock::new(|| std::fs::read_to_string(place("CLERK_INVITATIONS_AXE")).expect("axe-core"));

/// Something wrong with one node.
#[derive(Deserialize)]
struct Violation {
    rule: String,
    node: String,
    why: String,
}

/// What is wrong with Clerk's own components, which are not ours to mend: the rule, and a piece of the node.
const CLERKS_OWN: &[(&str, &str)] = &[
    // "No organization selected" is on the button, and its label is "Open organization switcher".
    ("label-content-name-mismatch", "cl-organizationSwitcherTrigger"),
];

impl Violation {
    fn is_clerks_own(&self) -> bool {
        CLERKS_OWN.iter().any(|(rule, node)| self.rule == *rule && self.node.contains(node))
    }
}

impl Page {
    /// Fails when axe-core finds anything in this state, in light or in dark.
    pub async fn is_accessible(&self, state: &str) {
        if !self.eval::<bool>("return typeof window.axe === 'object'", json!(null)).await {
            self.chromium("Runtime.evaluate", json!({ "expression": *AXE })).await;
        }
        // Only colours differ between the two. Without motion, so that none is met half-way.
        for (scheme, rules) in
            [("light", json!({})), ("dark", json!({ "runOnly": ["color-contrast", "link-in-text-block"] }))]
        {
            self.prefer(&[("prefers-color-scheme", scheme), ("prefers-reduced-motion", "reduce")]).await;
            let violations: Vec<Violation> = self
                .eval(
                    "await Promise.all(document.getAnimations().filter((animation) =>
                       animation.effect?.getComputedTiming().endTime !== Infinity).map((animation) => animation.finished.catch(() => {})));
                     const { violations } = await axe.run(document, { resultTypes: ['violations'], ...arguments[0] });
                     return violations.flatMap((violation) => violation.nodes.map((node) => ({
                       rule: violation.id, node: node.html, why: node.failureSummary ?? '' })))",
                    rules,
                )
                .await;
            let ours: Vec<_> = violations
                .iter()
                .filter(|found| !found.is_clerks_own())
                .map(|found| format!("{}: {}\n{}", found.rule, found.node, found.why))
                .collect();
            assert!(ours.is_empty(), "{state}, {scheme}: {ours:#?}");
        }
        self.prefer(&[]).await;
    }
}
