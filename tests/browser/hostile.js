// Things that no program expects, and where to put them.

const revoked = (target) => {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
};

const refuses = () => {
  throw new Error("a trap");
};

/** Rejected, which is no mistake of whoever need not wait for it. */
const rejected = (reason) => {
  const promise = Promise.reject(reason);
  promise.catch(() => {});
  return promise;
};

/** Everything that can be done to it throws. */
const touchy = (target) =>
  new Proxy(
    target,
    Object.fromEntries(Object.getOwnPropertyNames(Reflect).map((trap) => [trap, refuses])),
  );

const getter = (name, get) => Object.defineProperty({}, name, { get, enumerable: true });

/** Values for any place, by name. Each is made anew, so that no test changes another's. */
const VALUES = {
  undefined: () => undefined,
  null: () => null,
  true: () => true,
  false: () => false,
  "-1": () => -1,
  "0.5": () => 0.5,
  NaN: () => NaN,
  Infinity: () => Infinity,
  "2**53": () => 2 ** 53,
  "1e308": () => 1e308,
  "an empty text": () => "",
  "a text": () => "text",
  "half a character": () => "\ud800",
  "a long text": () => "x".repeat(10_000),
  "a text object": () => new String("text"),
  "a symbol": () => Symbol("symbol"),
  "a big integer": () => 10n ** 30n,
  "an empty object": () => ({}),
  "a frozen object": () => Object.freeze({ data: Object.freeze([]), total_count: 1 }),
  "an object without a prototype": () => Object.create(null),
  "an object that holds itself": () => {
    const circle = {};
    return Object.assign(circle, { data: circle, id: circle, length: 1, 0: circle });
  },
  "an empty list": () => [],
  "a list of nothing": () => [null, undefined, , NaN],
  "a list of itself": () => {
    const list = [];
    list.push(list);
    return list;
  },
  "a list of length 2**53": () => ({ length: 2 ** 53 }),
  "a list of length NaN": () => ({ length: NaN }),
  "a list of length -1": () => ({ length: -1 }),
  "a list of length Infinity": () => ({ length: Infinity, 0: {} }),
  "a list whose length throws": () => getter("length", refuses),
  "a list whose elements throw": () => Object.assign(getter("0", refuses), { length: 3 }),
  "a date that is none": () => new Date(NaN),
  "a date that throws": () => Object.assign(new Date(0), { getTime: refuses }),
  "a date of another kind": () => ({ getTime: () => "yesterday" }),
  "a function": () => () => undefined,
  "a function that throws an error": () => refuses,
  "a function that throws null": () => () => {
    throw null;
  },
  "a function that rejects with nothing": () => () => rejected(),
  "a function that rejects with a symbol": () => () => rejected(Symbol("no")),
  "a function that gives a number": () => () => 7,
  "a function that gives a revoked proxy": () => () => revoked({}),
  "a function that never answers": () => () => new Promise(() => {}),
  "a class": () => class {},
  "a promise that is rejected": () => rejected(new Error("rejected")),
  "a promise that is never kept": () => new Promise(() => {}),
  "a promise of another make": () => Object.defineProperty(Promise.resolve({}), "constructor", { get: refuses }),
  "a promise whose then throws": () => Object.assign(Promise.resolve({}), { then: refuses }),
  "a promise whose then is no function": () => Object.assign(Promise.resolve({}), { then: 7 }),
  "a thenable that throws": () => ({ then: refuses }),
  "a thenable that answers twice": () => ({ then: (fulfil, reject) => (fulfil({}), reject(1), fulfil(2)) }),
  "a then that can't be read": () => getter("then", refuses),
  "a proxy that throws": () => touchy({}),
  "a function proxy that throws": () => touchy(() => {}),
  "a revoked proxy": () => revoked({}),
  "a revoked function": () => revoked(() => {}),
  "a revoked list": () => revoked([]),
  "document.all": () => document.all,
  "an element": () => document.createElement("p"),
  "the window": () => window,
};

/** What can be done to a place, by name: to put something there, to take away what is there, or to booby-trap it. */
const FAULTS = {
  missing: (object, name) => delete object[name],
  "a getter that throws an error": (object, name) =>
    Object.defineProperty(object, name, { get: refuses, configurable: true }),
  "a getter that throws undefined": (object, name) =>
    Object.defineProperty(object, name, {
      configurable: true,
      get() {
        throw undefined;
      },
    }),
  "a getter that changes its mind": (object, name) => {
    const first = object[name];
    let reads = 0;
    Object.defineProperty(object, name, { configurable: true, get: () => ((reads += 1) === 1 ? first : undefined) });
  },
  ...Object.fromEntries(
    Object.entries(VALUES).map(([value, make]) => [
      value,
      (object, name) => Object.defineProperty(object, name, { value: make(), writable: true, configurable: true }),
    ]),
  ),
};

export const values = () => Object.keys(VALUES);

export const value = (name) => VALUES[name]();

export const faults = () => Object.keys(FAULTS);

/** Does what `fault` names to the place at `path`: property names, from `root`, with dots between. */
export function spoil(root, path, fault) {
  const names = path.split(".");
  const last = names.pop();
  FAULTS[fault](
    names.reduce((object, name) => object[name], root),
    last,
  );
}

/** From now on what `name` answers is spoilt: at `path`, or, when that is empty, as a whole. */
export function spoilAnswer(clerk, name, path, fault) {
  const { answer } = clerk;
  clerk.answer = (called, given, work) =>
    called === name
      ? answer.call(clerk, called, given, () => {
          const box = { answer: work() };
          // Not the live object: others hold it as well.
          if (path) box.answer = copied(box.answer);
          spoil(box, path ? `answer.${path}` : "answer", fault);
          return box.answer;
        })
      : answer.call(clerk, called, given, work);
}

/** From now on what can be heard of answers is spoilt: at `path`, from `request` or `answer`. */
export function spoilHeard(clerk, path, fault) {
  clerk.spoilHeard = (box) => {
    const names = path.split(".");
    names.pop();
    // What is about members has no such place.
    if (names.reduce((object, name) => object?.[name], box)) spoil(box, path, fault);
  };
}

function copied(value) {
  if (Array.isArray(value)) return value.map(copied);
  if (Object.getPrototypeOf(value ?? 0) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copied(inner)]));
}
