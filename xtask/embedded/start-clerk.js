// Starts the Clerk of a page without a framework, a while after it has come.
addEventListener("load", () => window.Clerk.load({ telemetry: false }));
