// The least that shows invitations: what no page on clerk-js can beat.
(async () => {
  await Clerk.load({ telemetry: false });
  const { data } = await Clerk.organization.getInvitations({ status: ["pending"], pageSize: 10 });
  for (const invitation of data) {
    const row = document.createElement("tr");
    row.dataset.invitation = invitation.id;
    for (const text of [invitation.emailAddress, invitation.createdAt.toLocaleDateString(), invitation.role]) {
      row.insertCell().textContent = text;
    }
    document.querySelector("tbody").append(row);
  }
})();
