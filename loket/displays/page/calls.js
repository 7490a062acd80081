// Which call is shown large, and which wait for their moment: none is skipped, none twice.

const SHOWN_MS = 6000;
const HURRIED_MS = 4000; // when several wait
const REMEMBERED = 300;

export class Announcements {
  constructor({ announce, changed }) {
    this.announce = announce;
    this.changed = changed;
    this.current = null;
    this.earlier = [];
    this.waiting = [];
    this.known = new Set();
    this.calls = [];
    this.turn = 0; // a call that was taken back ends its turn early
    this.held = false;
  }

  // `calls` as the server has them, the latest first. `live`: nothing was missed before this one.
  take(calls, { live }) {
    this.calls = calls;
    const standing = new Set(calls.map((call) => call.key));
    this.waiting = this.waiting.filter((call) => standing.has(call.key));
    for (const call of [...calls].reverse()) {
      if (this.known.has(call.key)) continue;
      this.remember(call.key);
      if (call.fresh && (live || call.waiting)) this.waiting.push(call);
    }
    if (this.current && !standing.has(this.current.key)) {
      this.current = null;
      this.held = false;
      this.turn += 1;
    }
    if (!this.held) this.next();
    this.show();
  }

  next() {
    const call = this.waiting.shift();
    this.held = call !== undefined;
    if (!call) return;
    this.current = call;
    this.show();
    const turn = ++this.turn;
    const pause = this.waiting.length > 1 ? HURRIED_MS : SHOWN_MS;
    Promise.all([after(pause), this.announce(call)]).then(() => {
      if (turn !== this.turn) return;
      this.next();
      this.show();
    });
  }

  show() {
    const unsaid = new Set(this.waiting.map((call) => call.key));
    const said = this.calls.filter((call) => !unsaid.has(call.key));
    if (!this.current && !this.held) this.current = said[0] ?? null;
    const now = this.current?.key;
    this.earlier = said.filter((call) => call.key !== now).slice(0, 4);
    this.changed();
  }

  remember(key) {
    this.known.add(key);
    if (this.known.size > REMEMBERED) this.known.delete(this.known.values().next().value);
  }
}

export function after(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds));
}
