// A `window.Clerk` that does as it is told, of the shape that clerk-js 6 has, or 5 when asked. It answers in the next
// microtask, as if Clerk had all at hand, unless a test holds an answer back or says what is to come instead.

const ENVIRONMENT = { 5: "__unstable__environment", 6: "__internal_environment" };
const COMPONENTS = [
  "SignIn",
  "SignUp",
  "OrganizationSwitcher",
  "UserButton",
  "TaskChooseOrganization",
  "TaskResetPassword",
  "TaskSetupMFA",
];

/** `getInvitations` by what it is called for, which the size of the page tells: a `page` to be looked at, the `whole` list, or
 * no more than a `number`. */
const kind = (name, given) => {
  if (name !== "getInvitations") return name;
  return { 1: "number", 500: "whole" }[given[0]?.pageSize] ?? "page";
};

/** Is it called for that? */
const isCall = (name) => (call) => call.name === name || call.kind === name;

/** What clerk-js leaves out of an invitation that it hands out, and what of it it calls otherwise. */
const raw = (invitation) => ({
  object: "organization_invitation",
  id: invitation.id,
  email_address: invitation.emailAddress,
  role: invitation.role,
  status: invitation.status,
  created_at: Number(invitation.createdAt),
  ...invitation.leftOut,
});

/** What `status` means to the server: one, several, or all. */
const chosen = (status) => (invitation) => !status || [status].flat().includes(invitation.status);

const role = (key) => ({ key, name: `The ${key}`, description: `For ${key}`, permissions: [{ key: "org:sing", name: "Sing" }] });

export class ScriptedClerk {
  loaded = false;
  calls = [];
  /** What listeners threw: a listener that was called after its end throws, and clerk-js would show it to nobody. */
  complaints = [];
  ended = 0;
  options;
  /** How often somebody listens to answers. */
  hearing = 0;
  /** What a test does to a payload before it is heard. */
  spoilHeard = () => {};
  /** What the user has received: invitations, suggestions. */
  received = [];
  suggested = [];
  #ears = [];
  #forbidden = new Map();
  #held = new Set();
  #instead = new Map();
  #invitedSoFar = 0;
  #listeners = new Set();
  #worlds = new Map();

  constructor(major) {
    this.version = `${major}.0.0`;
    this[ENVIRONMENT[major]] = { organizationSettings: { enabled: true, domains: { defaultRole: "org:member" } } };
    for (const name of COMPONENTS) {
      this[`mount${name}`] = (node, props) => {
        this.#record(`mount${name}`, [props]);
        node.append(Object.assign(document.createElement("p"), { className: "cl-component", textContent: name }));
      };
      this[`unmount${name}`] = (node) => {
        this.#record(`unmount${name}`, []);
        node.replaceChildren();
      };
    }
  }

  // What clerk-js has.

  redirectToSignIn() {
    return this.answer("redirectToSignIn", [], () => {});
  }

  load(options) {
    this.options = options;
    return this.answer("load", [], () => {
      this.loaded = true;
      for (const key of ["user", "session", "organization"]) this[key] ??= null;
    });
  }

  addListener(listener) {
    this.#record("addListener", []);
    this.#listeners.add(listener);
    this.#tell(listener);
    return () => {
      this.ended += 1;
      this.#listeners.delete(listener);
    };
  }

  setActive(parameters) {
    return this.answer("setActive", [parameters], () => {
      if (!parameters.session) return this.switchTo(parameters.organization);
      this.signIn();
      this.emit();
    });
  }

  signOut(options) {
    return this.answer("signOut", [options], () => {
      for (const key of ["user", "session", "organization"]) this[key] = null;
      this.emit();
      this.options?.routerPush?.(options.redirectUrl);
    });
  }

  // What tests say.

  /** The user is invited to an organization. */
  receive(id, organization, status) {
    this.received.push(this.#offered("acceptInvitation", { id, emailAddress: "ada@example.com", role: "org:member", status }, organization));
  }

  /** An organization is suggested to the user. */
  suggest(id, organization) {
    this.suggested.push(this.#offered("acceptSuggestion", { id, status: "pending" }, organization));
  }

  /** Clerk answers a call of one of its own forms with this refusal, and the form alone hears of it. */
  refuseForm(path, code) {
    const answer = Object.assign(new Response("{}"), { payload: { errors: [{ code, message: "m" }] } });
    for (const ear of this.#ears) ear({ method: "POST", path }, answer);
  }

  /** Somebody is signed in: an admin of `org_a`, the second of three memberships. */
  signIn() {
    const membership = (id, role, permissions) => ({
      id: `orgmem_${id}`,
      organization: { id },
      role,
      roleName: role.slice(4),
      permissions,
    });
    this.loaded = true;
    this.user = {
      id: "user_1",
      fullName: "Ada Lovelace",
      username: "ada",
      primaryEmailAddress: { emailAddress: "ada@example.com" },
      organizationMemberships: [
        membership("org_z", "org:member", []),
        membership("org_a", "org:admin", ["org:sys_memberships:manage", "org:sys_memberships:read"]),
        membership("org_b", "org:inviter", ["org:sys_memberships:manage"]),
      ],
      getOrganizationInvitations: (given) => this.#own("getOrganizationInvitations", this.received, given),
      getOrganizationSuggestions: (given) => this.#own("getOrganizationSuggestions", this.suggested, given),
      getOrganizationMemberships: (given) =>
        this.#own("getOrganizationMemberships", this.user.organizationMemberships, given),
    };
    this.session = { id: "sess_1", status: "active", currentTask: null, checkAuthorization: () => false };
    this.organization = this.#organization("org_a");
  }

  /** `count` invitations are pending in an organization, `p1@a.example` the newest of `org_a`. */
  fill(organization, count) {
    for (let number = count; number > 0; number -= 1) {
      this.#invited(organization, `p${number}@${organization.slice(4)}.example`, "org:member");
    }
  }

  /** The roles that an organization has, one for each key. */
  roles(organization, keys, migrating) {
    Object.assign(this.#world(organization), { roles: keys.map(role), migrating });
  }

  /** The members that an organization has: what Clerk calls their `publicUserData`, each. */
  members(organization, people) {
    this.#world(organization).members = people.map((publicUserData) => ({ publicUserData }));
  }

  /** An invitation that came from elsewhere. */
  invited(organization, emailAddress, status) {
    this.#invited(organization, emailAddress, "org:member").status = status;
  }

  /** Something of the invitations to this address is otherwise now. */
  change(organization, emailAddress, key, value) {
    for (const invitation of this.#to(organization, emailAddress)) invitation[key] = value;
  }

  /** The invitations to this address are so many days old. */
  aged(organization, emailAddress, days) {
    this.change(organization, emailAddress, "createdAt", new Date(Date.now() - days * 86_400_000));
  }

  /** The invitations to this address are in no list any more. */
  lose(organization, emailAddress) {
    const world = this.#world(organization);
    world.invitations = world.invitations.filter((invitation) => invitation.emailAddress !== emailAddress);
  }

  /** Clerk's answers hold this too of the invitations to this address, which clerk-js leaves out. */
  leaveOut(organization, emailAddress, key, value) {
    for (const invitation of this.#to(organization, emailAddress)) invitation.leftOut[key] = value;
  }

  /** It lets whoever wants listen to the answers of the Frontend API. */
  letListen() {
    this.getFapiClient = () => ({
      onBeforeRequest: () => {},
      onAfterResponse: (ear) => {
        this.hearing += 1;
        this.#ears.push(ear);
      },
    });
  }

  /** How many invitations to this address an organization has, whatever became of them. */
  invitations(organization, emailAddress) {
    return this.#world(organization).invitations.filter((invitation) => invitation.emailAddress === emailAddress).length;
  }

  /** Every call that would invite this address is refused from now on, and invites nobody. */
  forbid(emailAddress, thrown) {
    this.#forbidden.set(emailAddress, thrown);
  }

  /** Another organization is active from one moment to the next, as after a switch in another tab. */
  switchTo(id) {
    this.organization = this.#organization(id);
    this.emit();
  }

  /** Tells the listeners. */
  emit() {
    for (const listener of [...this.#listeners]) this.#tell(listener);
  }

  /** How many listeners there are. */
  listeners() {
    return this.#listeners.size;
  }

  /** From now on `name` is answered only when `release`, or `refuse`, says so. */
  hold(name) {
    this.#held.add(name);
  }

  /** From now on `name` is answered at once again. */
  let(name) {
    this.#held.delete(name);
  }

  /** Answers the call of `name` that was the `nth` (from 0), with what is true now. */
  release(name, nth) {
    this.#nth(name, nth).fulfil();
  }

  /** Lets the call of `name` that was the `nth` fail with `thrown`. */
  refuse(name, nth, thrown) {
    this.#nth(name, nth).reject(thrown);
  }

  /** The next call of `name` does this instead: `throws`, `rejects` or `gives` the value; or it is carried out, and
   * `loses` its answer: what comes back is rejected with the value. */
  instead(name, how, value) {
    const ways = {
      throws: () => {
        throw value;
      },
      rejects: () => Promise.reject(value),
      gives: () => value,
      loses: (work) => {
        work();
        return Promise.reject(value);
      },
    };
    this.#instead.set(name, [...(this.#instead.get(name) ?? []), ways[how]]);
  }

  /** How often `name` was called. */
  count(name) {
    return this.calls.filter(isCall(name)).length;
  }

  /** What the `nth` call of `name` was given, as JSON. */
  given(name, nth) {
    return JSON.stringify(this.#nth(name, nth).given);
  }

  /** The names of the calls that change something, in their order. */
  writes() {
    return this.calls.map((call) => call.name).filter((name) => ["inviteMember", "inviteMembers", "revoke"].includes(name));
  }

  /** Puts a value at a path of property names. */
  put(path, value) {
    const names = path.split(".");
    const last = names.pop();
    names.reduce((object, name) => object[name], this)[last] = value;
  }

  /** What stands at a path of property names. */
  at(path) {
    return path.split(".").reduce((object, name) => object?.[name], this);
  }

  /** Answers a call: as a test wants it, or with what `work` finds. */
  answer(name, given, work) {
    const call = this.#record(name, given);
    const names = new Set([name, call.kind]);
    const instead = [...names].map((name) => this.#instead.get(name)?.shift()).find((instead) => instead);
    if (instead) return instead(work);
    const promise = new Promise((fulfil, reject) => {
      call.reject = reject;
      const done = () => {
        const found = work();
        if (this.#ears.length > 0) this.#hear(name, given, found);
        return found;
      };
      call.fulfil = () => new Promise((found) => found(done())).then(fulfil, reject);
    });
    if (![...names].some((name) => this.#held.has(name))) call.fulfil();
    return promise;
  }

  #record(name, given) {
    const call = { name, given, kind: kind(name, given) };
    this.calls.push(call);
    return call;
  }

  /** As clerk-js has it: the request, and the response with its `payload`. A listener that throws fails the call. */
  #hear(name, given, found) {
    const of = {
      getInvitations: () => ({ data: found.data.map(raw), total_count: found.total_count }),
      getMemberships: () => found,
      getRoles: () => found,
      inviteMember: () => raw(found),
      inviteMembers: () => found.map(raw),
      revoke: () => raw(found),
    };
    if (!of[name]) return;
    const path = { getMemberships: "/organizations/o/memberships", getRoles: "/organizations/o/roles" }[name];
    const box = {
      request: { method: "GET", path: path ?? "/organizations/o/invitations" },
      answer: Object.assign(new Response("{}"), { payload: { response: of[name](), client: null } }),
    };
    this.spoilHeard(box);
    for (const ear of this.#ears) {
      try {
        ear(box.request, box.answer);
      } catch (complaint) {
        this.complaints.push(`a listener to answers: ${complaint}`);
      }
    }
  }

  #nth(name, nth) {
    const call = this.calls.filter(isCall(name))[nth];
    if (!call) throw new Error(`${name} was not called ${nth + 1} times`);
    return call;
  }

  #tell(listener) {
    try {
      listener();
    } catch (complaint) {
      this.complaints.push(String(complaint));
    }
  }

  #world(id) {
    if (!this.#worlds.has(id)) {
      this.#worlds.set(id, { invitations: [], members: [], roles: ["org:admin", "org:member"].map(role), migrating: false });
    }
    return this.#worlds.get(id);
  }

  #to(id, emailAddress) {
    return this.#world(id).invitations.filter((invitation) => invitation.emailAddress === emailAddress);
  }

  #invited(id, emailAddress, role) {
    const { invitations } = this.#world(id);
    const invitation = {
      id: `orginv_${id}_${(this.#invitedSoFar += 1)}`,
      emailAddress,
      role,
      roleName: role.slice(4),
      status: "pending",
      createdAt: new Date(Date.UTC(2026, 7, 23, 12)),
    };
    // Nobody who reads an invitation sees this.
    Object.defineProperty(invitation, "leftOut", { value: {} });
    // As in clerk-js: a revoke changes the object itself and answers with it.
    invitation.revoke = () =>
      this.answer("revoke", [invitation.id], () => {
        if (invitation.status !== "pending") {
          throw { clerkError: true, status: 400, errors: [{ code: "organization_invitation_not_pending", message: "m" }] };
        }
        return Object.assign(invitation, { status: "revoked" });
      });
    invitations.unshift(invitation);
    return invitation;
  }

  /** As in clerk-js: an acceptance changes the object itself and answers with it. */
  #offered(name, offer, organization) {
    offer.publicOrganizationData = { id: organization, name: `Organization ${organization}`, imageUrl: "", hasImage: false };
    offer.createdAt = new Date(Date.UTC(2026, 7, 23, 12));
    offer.accept = () =>
      this.answer(name, [offer.id], () => {
        if (name === "acceptInvitation") this.user.organizationMemberships.push({ organization: { id: organization } });
        return Object.assign(offer, { status: "accepted" });
      });
    return offer;
  }

  #own(name, list, given) {
    const { pageSize = 10, initialPage = 1, status } = given;
    return this.answer(name, [given], () => {
      const rows = list.filter(chosen(status));
      return { data: rows.slice((initialPage - 1) * pageSize, initialPage * pageSize), total_count: rows.length };
    });
  }

  /** All of them or none. */
  #all(id, addresses, role) {
    for (const address of addresses) {
      if (this.#forbidden.has(address)) throw this.#forbidden.get(address);
    }
    return addresses.map((address) => this.#invited(id, address, role));
  }

  #organization(id) {
    const world = this.#world(id);
    const pending = () => world.invitations.filter(chosen("pending"));
    const slice = (list, { pageSize = 10, initialPage = 1 }) => ({
      data: list.slice((initialPage - 1) * pageSize, initialPage * pageSize),
      total_count: list.length,
    });
    const clerk = this;
    return {
      id,
      name: `Organization ${id}`,
      imageUrl: "",
      hasImage: false,
      membersCount: 3,
      pendingInvitationsCount: pending().length,
      maxAllowedMemberships: 0,
      getRoles: (given) =>
        clerk.answer("getRoles", [given], () => ({
          ...slice(world.roles, given),
          has_role_set_migration: world.migrating,
        })),
      getInvitations: (given) =>
        clerk.answer("getInvitations", [given], () => slice(world.invitations.filter(chosen(given.status)), given)),
      getMemberships: (given) => clerk.answer("getMemberships", [given], () => slice(world.members, given)),
      inviteMember: (given) =>
        clerk.answer("inviteMember", [given], () => this.#all(id, [given.emailAddress], given.role)[0]),
      inviteMembers: (given) =>
        clerk.answer("inviteMembers", [given], () => this.#all(id, given.emailAddresses, given.role)),
    };
  }
}
