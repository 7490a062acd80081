// The way to the server: a picture to begin with, the stream after it, a code when not paired.

const SILENT_MS = 40000; // the server beats every 15 s
const ASK_MS = 2000; // whether the code was confirmed
const TIME_LIMIT_MS = 10000;
const WAITS_MS = [500, 1000, 2000, 4000, 8000];

export class Link {
  constructor(hears) {
    this.hears = hears;
    this.stream = null;
    this.failures = 0;
    this.lost = null; // on the server's clock: when it was last heard
    this.clock = null;
    this.code = null;
    this.retry = null;
  }

  start() {
    this.connect();
    window.addEventListener("online", () => {
      if (this.lost !== null) this.connect();
    });
    setInterval(() => this.watch(), 5000);
  }

  async connect() {
    clearTimeout(this.retry);
    try {
      const answer = await ask("/scherm/picture");
      if (answer.status === 404) return await this.pair();
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      this.code = null;
      this.heard(await answer.json(), true);
      this.follow();
    } catch (error) {
      this.fail(error);
    }
  }

  follow() {
    this.stream?.close();
    const stream = new EventSource("/scherm/stream");
    this.stream = stream;
    let first = true;
    stream.addEventListener("picture", (event) => {
      this.heard(JSON.parse(event.data), first);
      first = false;
    });
    stream.addEventListener("beat", (event) => this.beat(JSON.parse(event.data).server_time));
    stream.addEventListener("error", () => {
      // Its own way of coming back would not learn that we were revoked.
      if (this.stream !== stream) return;
      stream.close();
      this.stream = null;
      this.lost ??= this.now();
      this.again(WAITS_MS[0]);
    });
  }

  heard(picture, caughtUp) {
    this.beat(picture.server_time);
    this.hears.onPicture(picture, { caughtUp });
  }

  beat(serverTime) {
    this.clock = { server: Date.parse(serverTime), here: performance.now() };
    this.failures = 0;
    if (this.lost !== null) this.hears.onBack();
    this.lost = null;
    this.hears.onTime(this.clock);
  }

  now() {
    return this.clock && this.clock.server + performance.now() - this.clock.here;
  }

  fail() {
    this.lost ??= this.now();
    if (this.lost !== null) this.hears.onAway(this.lost);
    this.again(WAITS_MS[Math.min(this.failures++, WAITS_MS.length - 1)]);
  }

  again(milliseconds) {
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.connect(), milliseconds);
  }

  // A line that was cut without a word shows only by its silence.
  watch() {
    if (!this.stream || performance.now() - this.clock.here < SILENT_MS) return;
    this.stream.close();
    this.stream = null;
    this.lost = this.clock.server;
    this.hears.onAway(this.lost);
    this.connect();
  }

  async pair() {
    this.stream?.close();
    this.stream = null;
    if (this.code === null || performance.now() > this.code.until) {
      const answer = await ask("/scherm/code", { method: "POST" });
      if (answer.status === 200) {
        const code = await answer.json();
        this.code = { ...code, until: performance.now() + code.seconds * 1000 };
        this.hears.onCode(this.code);
      } else if (answer.status !== 204) {
        return this.again(15000);
      }
    }
    this.again(ASK_MS);
  }
}

async function ask(address, options = {}) {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), TIME_LIMIT_MS);
  try {
    return await fetch(address, { cache: "no-store", signal: limit.signal, ...options });
  } finally {
    clearTimeout(timer);
  }
}
