// An application of React with Clerk's package for it, which shows the page in two ways: as an element, and by the functions that
// mount it.
import { ClerkProvider, Show, SignIn } from "@clerk/react";
import { StrictMode, useEffect, useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import { mountInvitations, unmountInvitations } from "./embedded.js";

function Mounted() {
  const place = useRef(null);
  useEffect(() => {
    const element = place.current;
    mountInvitations(element, { pageSize: 5 });
    return () => unmountInvitations(element);
  }, []);
  return <div ref={place} />;
}

function Invitations() {
  const [shown, setShown] = useState("element");
  const [told, setTold] = useState("");
  const tell = ({ type, detail }) => setTold(`${type}: ${detail.ids.length}`);
  return (
    <>
      <nav>
        {["element", "functions", "nothing"].map((name) => (
          <button key={name} aria-pressed={name === shown} onClick={() => setShown(name)}>
            Show {name}
          </button>
        ))}
      </nav>
      <p id="told">{told}</p>
      {shown === "element" && <clerk-invitations oninvited={tell} onrevoked={tell} />}
      {shown === "functions" && <Mounted />}
    </>
  );
}

createRoot(document.getElementById("app")).render(
  <StrictMode>
    <ClerkProvider
      publishableKey="pk_test_Y2xlcmsuc2FuZGJveC50ZXN0JA=="
      proxyUrl="/__clerk"
      afterSignOutUrl="/react.html"
      telemetry={false}
    >
      <h1>An application of React</h1>
      <Show when="signed-in" fallback={<SignIn routing="hash" fallbackRedirectUrl="/react.html" />}>
        <Invitations />
      </Show>
    </ClerkProvider>
  </StrictMode>,
);
