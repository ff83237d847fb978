let audio: AudioContext | null = null;

/**
 * Makes ready to play: browsers let a page sound only once someone has clicked or typed in it, so
 * this is called from such an event.
 */
export function allowSound(): void {
  audio ??= new AudioContext();
  if (audio.state === "suspended") void audio.resume();
}

export const maySound = () => audio?.state === "running";

const NOTES = [
  { hertz: 660, at: 0 },
  { hertz: 880, at: 0.16 },
];
const NOTE_SECONDS = 0.28;
const LOUDNESS = 0.25;

/** Two soft notes; nothing while the browser doesn't let the page sound. */
export function playTone(): void {
  if (!audio || !maySound()) return;
  for (const { hertz, at } of NOTES) {
    const start = audio.currentTime + at;
    const tone = new OscillatorNode(audio, { frequency: hertz, type: "sine" });
    const gain = new GainNode(audio, { gain: 0 });
    // Faded in and out: a tone that begins at once clicks.
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(LOUDNESS, start + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.001, start + NOTE_SECONDS);
    tone.connect(gain).connect(audio.destination);
    tone.start(start);
    tone.stop(start + NOTE_SECONDS);
  }
}
