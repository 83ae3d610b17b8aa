// Two tones for the packing bench: high and short is right, low and twice is wrong. Off when localStorage says so.
window.zgSound = (right) => {
  if (localStorage.getItem("zg-sound") === "off") return;
  const Audio = window.AudioContext || window.webkitAudioContext;
  if (!Audio) return;
  window.zgAudio ??= new Audio();
  const tone = (at, frequency, length) => {
    const oscillator = window.zgAudio.createOscillator();
    const gain = window.zgAudio.createGain();
    oscillator.frequency.value = frequency;
    gain.gain.setValueAtTime(0.15, window.zgAudio.currentTime + at);
    gain.gain.exponentialRampToValueAtTime(0.001, window.zgAudio.currentTime + at + length);
    oscillator.connect(gain).connect(window.zgAudio.destination);
    oscillator.start(window.zgAudio.currentTime + at);
    oscillator.stop(window.zgAudio.currentTime + at + length);
  };
  if (right) {
    tone(0, 1175, 0.14);
  } else {
    tone(0, 196, 0.22);
    tone(0.28, 196, 0.3);
  }
};
