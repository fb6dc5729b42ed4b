// Starts the Clerk of a page without a framework, a while after it has come. Version 6 is given its components, version 5 has them.
addEventListener("load", () => {
  const ClerkUI = window.__internal_ClerkUICtor;
  window.Clerk.load({ telemetry: false, ...(ClerkUI && { ui: { ClerkUI } }) });
});
