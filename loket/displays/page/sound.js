// The chime and the voice. Both are made by the browser: nothing is fetched from elsewhere.

import { after } from "./calls.js";

const NOTES = [
  { hertz: 659.26, at: 0 },
  { hertz: 523.25, at: 0.35 },
];
const LONGEST_VOICE_MS = 20000;

export class Sound {
  constructor() {
    this.context = "AudioContext" in window ? new AudioContext() : null;
    this.wake();
  }

  // Silent though it should sound: the browser waits for a touch.
  isMuted(picture) {
    const wanted = picture !== null && (picture.chime || picture.speech);
    return wanted && this.context !== null && this.context.state !== "running";
  }

  async wake() {
    // A context without permission never answers; whoever waits goes on.
    if (this.context) await Promise.race([this.context.resume(), after(500)]);
  }

  // Done when it has been heard.
  async announce(call, picture) {
    if (picture.chime) await this.chime();
    if (picture.speech) await Promise.race([this.say(call.spoken), after(LONGEST_VOICE_MS)]);
  }

  async chime() {
    if (this.context?.state !== "running") return;
    const start = this.context.currentTime;
    for (const note of NOTES) this.strike(note.hertz, start + note.at);
    await after(1200);
  }

  strike(hertz, at) {
    const tone = this.context.createOscillator();
    const loudness = this.context.createGain();
    tone.frequency.value = hertz;
    loudness.gain.setValueAtTime(0, at);
    loudness.gain.linearRampToValueAtTime(0.5, at + 0.02);
    loudness.gain.exponentialRampToValueAtTime(0.001, at + 1.4);
    tone.connect(loudness).connect(this.context.destination);
    tone.start(at);
    tone.stop(at + 1.5);
  }

  // One language after another; one that the machine has no voice for is left out.
  async say(sentences) {
    if (!("speechSynthesis" in window)) return;
    const voices = speechSynthesis.getVoices();
    for (const { language, text } of sentences) {
      const base = language.slice(0, 2);
      const voice =
        voices.find((each) => each.lang.replace("_", "-") === language) ??
        voices.find((each) => each.lang.slice(0, 2) === base);
      if (voice) await spoken(text, voice);
    }
  }
}

function spoken(text, voice) {
  return new Promise((done) => {
    const words = new SpeechSynthesisUtterance(text);
    words.lang = voice.lang;
    if (voice instanceof (window.SpeechSynthesisVoice ?? Object)) words.voice = voice;
    words.rate = 0.9;
    words.onend = words.onerror = done;
    speechSynthesis.speak(words);
  });
}
