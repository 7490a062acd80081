// The waiting-room display: pairs itself, follows its stream, announces each call, keeps time.

import { Announcements } from "./calls.js";
import { Link } from "./link.js";
import { Sound } from "./sound.js";
import { View } from "./view.js";

const view = new View(document);
const sound = new Sound();
let picture = null;

const announcements = new Announcements({
  announce: (call) => {
    view.pulse();
    return sound.announce(call, picture);
  },
  changed: () => view.calls(announcements.current, announcements.earlier),
});

const link = new Link({
  onPicture: (fresh, { caughtUp }) => {
    picture = fresh;
    view.board(fresh);
    announcements.take(fresh.calls, { live: !caughtUp });
    view.sound(sound.isMuted(fresh));
  },
  onTime: (serverTime) => view.time(serverTime),
  onAway: (since) => view.away(since),
  onBack: () => view.back(),
  onCode: (code) => view.pairing(code),
});

// Browsers let a page sound only after a touch, unless the kiosk was started otherwise.
for (const kind of ["pointerdown", "keydown"]) {
  document.addEventListener(kind, async () => {
    await sound.wake();
    view.sound(sound.isMuted(picture));
  });
}

view.start();
link.start();
