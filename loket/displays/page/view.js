// What stands on the screen. Texts come from the server; here they get their place and their size.

const TURN_MS = 8000; // other languages and other queues
const TILES = 4;
const ARROW = document.querySelector("#where svg");

const WALL = "Europe/Brussels";
const clockForm = new Intl.DateTimeFormat("nl-BE", { timeZone: WALL, hour: "2-digit", minute: "2-digit" });
const dayForm = new Intl.DateTimeFormat("nl-BE", { timeZone: WALL, weekday: "long", day: "numeric", month: "long" });

export class View {
  constructor(page) {
    this.at = (id) => page.getElementById(id);
    this.page = page;
    this.picture = null;
    this.clock = null;
    this.step = 0;
    this.lost = null;
  }

  start() {
    setInterval(() => this.tick(), 1000);
    setInterval(() => this.turn(), TURN_MS);
    window.addEventListener("resize", () => this.fitAll());
    document.fonts?.ready.then(() => this.fitAll());
  }

  pairing({ code, words }) {
    this.only("pairing");
    this.put("pairing-title", words.title);
    this.put("pairing-code", `${code.slice(0, 3)} ${code.slice(3)}`);
    this.put("pairing-what", words.what);
  }

  board(picture) {
    this.picture = picture;
    this.only("board");
    this.put("town", picture.town);
    this.put("site", picture.site);
    this.put("sound-text", picture.words.nl.tap);
    for (const place of this.page.querySelectorAll("[data-word]")) {
      place.textContent = picture.words.nl[place.dataset.word];
    }
    this.turned();
  }

  calls(current, earlier) {
    const calm = current === null || this.picture.closed !== null;
    this.at("now").classList.toggle("calm", calm);
    if (calm) this.calm();
    else this.called(current);
    this.at("earlier").replaceChildren(...earlier.map((call) => this.row(call)));
    this.fitAll();
  }

  called(call) {
    this.put("number", call.number);
    this.put("counter", call.counter);
    this.at("now").dataset.call = call.key;
  }

  calm() {
    const { closed, words, languages } = this.picture;
    delete this.at("now").dataset.call;
    this.put("calm", closed === null ? words.nl.welcome : words.nl.closed);
    const lines = languages.map((each) => (closed === null ? words[each].appears : closed[each]));
    this.put("calm-more", lines.filter(Boolean).join("\n"));
  }

  row(call) {
    const row = this.make("li");
    const [number, where] = [this.make("b", call.number), this.make("span", call.counter)];
    row.append(number, ARROW.cloneNode(true), where);
    return row;
  }

  pulse() {
    const card = this.at("now");
    card.classList.remove("called");
    void card.offsetWidth; // begins the animation anew
    card.classList.add("called");
  }

  time(clock) {
    this.clock = clock;
    this.tick();
  }

  tick() {
    if (!this.clock) return;
    const now = this.clock.server + performance.now() - this.clock.here;
    this.put("clock", clockForm.format(now));
    this.put("date", dayForm.format(now));
  }

  away(since) {
    this.lost = since;
    if (!this.picture) return;
    const time = clockForm.format(since);
    this.put("away-text", this.picture.words.nl.away.replace("{time}", time));
    this.at("away").hidden = false;
    this.at("board").classList.add("stale");
  }

  back() {
    this.at("away").hidden = true;
    this.at("board").classList.remove("stale");
  }

  sound(muted) {
    this.at("sound").hidden = !muted;
  }

  // Other languages and other queues take turns; Dutch always stands.
  turn() {
    this.step += 1;
    if (this.picture) this.turned();
  }

  turned() {
    const { languages, words, message, waits } = this.picture;
    const others = languages.slice(1);
    const other = others[this.step % Math.max(1, others.length)];
    for (const place of this.page.querySelectorAll("[data-also]")) {
      place.textContent = other ? words[other][place.dataset.also] : "";
    }
    const told = languages.filter((each) => message[each]);
    const said = told[this.step % told.length];
    this.at("message").lang = said;
    this.put("message", message[said]);
    this.tiles(waits);
    this.fitAll();
  }

  tiles(waits) {
    const pages = Math.max(1, Math.ceil(waits.length / TILES));
    const page = this.step % pages;
    // The last page is filled up from the one before it, so that no tile stands alone.
    const first = Math.max(0, Math.min(page * TILES, waits.length - TILES));
    const shown = waits.slice(first, first + TILES);
    this.at("waits").replaceChildren(...shown.map((wait) => this.tile(wait)));
    const dots = pages > 1 ? [...Array(pages).keys()] : [];
    this.at("pages").replaceChildren(
      ...dots.map((each) => Object.assign(this.make("i"), { className: each === page ? "on" : "" })),
    );
    this.at("ahead").style.visibility = waits.length ? "visible" : "hidden";
  }

  tile({ queue, minutes }) {
    const tile = this.make("li");
    const { minutes: about, free } = this.picture.words.nl;
    const said = minutes ? about.replace("{n}", minutes) : free;
    tile.append(this.make("span", queue), this.make("b", said));
    return tile;
  }

  fitAll() {
    fit(this.at("counter"), 0.4);
    fit(this.at("message"), 0.5, { lines: true });
    for (const each of this.page.querySelectorAll("#earlier span")) fit(each, 0.5);
    for (const each of this.page.querySelectorAll("#waits span, #waits b")) fit(each, 0.5);
  }

  only(id) {
    for (const each of ["pairing", "board"]) this.at(each).hidden = each !== id;
  }

  put(id, text) {
    const place = this.at(id);
    if (place.textContent !== text) place.textContent = text;
  }

  make(kind, text = "") {
    return Object.assign(this.page.createElement(kind), { textContent: text });
  }
}

// Make a text smaller until it fits its place, but not below a part of its size: then it wraps.
function fit(place, least, { lines = false } = {}) {
  place.style.fontSize = "";
  place.style.whiteSpace = "";
  const size = parseFloat(getComputedStyle(place).fontSize);
  const small = (part) => (place.style.fontSize = `${size * part}px`);
  let part = 1;
  const over = lines
    ? () => place.scrollHeight > place.parentElement.clientHeight * 0.9
    : () => place.scrollWidth > place.clientWidth + 1;
  while (part > least && over()) small((part -= 0.05));
  if (!lines && over()) place.style.whiteSpace = "normal";
}
