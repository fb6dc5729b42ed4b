// What the React example of Clerk's guide "Build a custom flow for creating and managing Organization invitations" does,
// in words of our own. It asks for pages of ten, as the other pages do, and not for memberships, which the example asks for
// and never shows.
import { ClerkProvider, useOrganization } from "@clerk/react";
import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";

const PENDING = { invitations: { pageSize: 10, keepPreviousData: true } };

function RoleSelect() {
  const { organization } = useOrganization();
  const [roles, setRoles] = useState([]);
  useEffect(() => {
    organization?.getRoles({ initialPage: 1, pageSize: 20 }).then(({ data }) => setRoles(data));
  }, [organization?.id]);
  if (roles.length === 0) return null;
  return (
    <select name="role" aria-label="Role">
      {roles.map(({ key }) => (
        <option key={key} value={key}>
          {key}
        </option>
      ))}
    </select>
  );
}

function InviteForm() {
  const { isLoaded, organization, invitations } = useOrganization(PENDING);
  const [emailAddress, setEmailAddress] = useState("");
  const [isSending, setIsSending] = useState(false);
  if (!isLoaded || !organization) return <p>Loading</p>;

  const send = async (event) => {
    event.preventDefault();
    const role = new FormData(event.currentTarget).get("role");
    if (!emailAddress || !role) return;
    setIsSending(true);
    await organization.inviteMember({ emailAddress, role });
    await invitations?.revalidate?.();
    setEmailAddress("");
    setIsSending(false);
  };
  return (
    <form onSubmit={send}>
      <input
        aria-label="Email address"
        value={emailAddress}
        onChange={({ target }) => setEmailAddress(target.value)}
      />
      <RoleSelect />
      <button type="submit" disabled={isSending}>
        Invite
      </button>
    </form>
  );
}

function InvitationRow({ invitation, onRevoke }) {
  const revoke = async () => {
    await invitation.revoke();
    await onRevoke?.();
  };
  return (
    <tr data-invitation={invitation.id}>
      <td>{invitation.emailAddress}</td>
      <td>{invitation.createdAt.toLocaleDateString()}</td>
      <td>{invitation.role}</td>
      <td>
        <button onClick={revoke}>Revoke</button>
      </td>
    </tr>
  );
}

function InvitationList() {
  const { isLoaded, invitations } = useOrganization(PENDING);
  if (!isLoaded) return <p>Loading</p>;
  return (
    <>
      <table>
        <thead>
          <tr>
            <th>User</th>
            <th>Invited</th>
            <th>Role</th>
            <th>Actions</th>
          </tr>
        </thead>
        <tbody>
          {invitations?.data?.map((invitation) => (
            <InvitationRow key={invitation.id} invitation={invitation} onRevoke={invitations.revalidate} />
          ))}
        </tbody>
      </table>
      <button
        disabled={!invitations?.hasPreviousPage || invitations.isFetching}
        onClick={() => invitations?.fetchPrevious?.()}
      >
        Previous
      </button>
      <button disabled={!invitations?.hasNextPage || invitations.isFetching} onClick={() => invitations?.fetchNext?.()}>
        Next
      </button>
    </>
  );
}

createRoot(document.getElementById("root")).render(
  // Without telemetry, as the other pages are.
  <ClerkProvider publishableKey="PUBLISHABLE_KEY" proxyUrl="/__clerk" telemetry={false}>
    <h1>Invitations</h1>
    <InviteForm />
    <InvitationList />
  </ClerkProvider>,
);
