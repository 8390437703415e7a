/* «Dengarkan»: reads aloud what the page marks with data-read, by voices of the device alone. Nothing is sent anywhere:
   a voice that would send the text away is not used. Pausing remembers the sentence, because not every browser can. */
const box = document.querySelector("[data-listen]");
const speech = window.speechSynthesis;
if (box && speech && window.SpeechSynthesisUtterance) {
  const start = box.querySelector("[data-listen-start]");
  const pause = box.querySelector("[data-listen-pause]");
  const stop = box.querySelector("[data-listen-stop]");
  const status = box.querySelector("[role=status]");
  const LEFT_OUT = "button, script, style, svg, form, textarea, details:not([open]), [hidden], [aria-hidden=true], [data-listen]";
  const BLOCKS = "h1, h2, h3, h4, p, li, dt, dd, th, td, figcaption";
  const WORDS = {
    id: {
      pause: "Jeda", goOn: "Lanjutkan", prepares: "Menyiapkan suara …", reads: "Sedang dibacakan.", paused: "Dijeda.",
      stopped: "Dihentikan.", done: "Selesai dibacakan.",
      fails: "Peramban berhenti membacakan. Coba tekan «Dengarkan» sekali lagi.",
      noVoice: "Perangkat ini belum punya suara bahasa Indonesia. Pasang di setelan suara (teks ke ucapan) perangkat Anda, lalu muat ulang halaman ini.",
    },
    en: {
      pause: "Pause", goOn: "Go on", prepares: "Preparing a voice …", reads: "Reading aloud.", paused: "Paused.",
      stopped: "Stopped.", done: "Read to the end.",
      fails: "The browser stopped reading. Try «Listen» once more.",
      noVoice: "This device has no English voice. Add one in its text-to-speech settings, then load this page again.",
    },
  };
  const lang = box.lang === "en" ? "en" : "id";
  const words = WORDS[lang];
  let parts = [], at = 0, round = 0, state = "still", voice = null;

  // Sentences of at most 200 letters: some browsers fall silent in longer ones.
  const sentences = (text) => text.replace(/\s+/g, " ").trim().match(/.{1,200}(?:[.!?;:](?=\s)|\s|$)|\S{1,200}/g) || [];
  const read = (root) => {
    const copy = root.cloneNode(true);
    for (const each of copy.querySelectorAll(LEFT_OUT)) each.remove();
    // The innermost blocks, so that nothing is read twice; a text without any is read as it is.
    const blocks = [...copy.querySelectorAll(BLOCKS)].filter((each) => !each.querySelector(BLOCKS));
    return (blocks.length ? blocks : [copy]).flatMap((each) => sentences(each.textContent));
  };
  const voicesNow = () => new Promise((found) => {
    const here = speech.getVoices();
    if (here.length) return found(here);
    const late = () => found(speech.getVoices());
    speech.addEventListener("voiceschanged", late, { once: true });
    setTimeout(late, 1500);
  });
  const show = (now, told) => {
    state = now;
    start.setAttribute("aria-pressed", String(now !== "still"));
    start.hidden = now !== "still";
    pause.hidden = stop.hidden = now === "still";
    pause.setAttribute("aria-pressed", String(now === "paused"));
    pause.lastChild.textContent = ` ${now === "paused" ? words.goOn : words.pause}`;
    status.textContent = told;
  };
  const end = (told, focus) => {
    round += 1;
    speech.cancel();
    show("still", told);
    if (focus) start.focus();
  };
  const go = () => {
    const mine = (round += 1);
    speech.cancel();
    const next = () => {
      if (mine !== round) return;
      if (at >= parts.length) return end(words.done, document.activeElement === pause || document.activeElement === stop);
      const said = new SpeechSynthesisUtterance(parts[at]);
      said.lang = lang === "en" ? "en-GB" : "id-ID";
      said.voice = voice;
      said.onend = () => { if (mine === round) { at += 1; next(); } };
      said.onerror = () => { if (mine === round) end(words.fails, false); };
      speech.speak(said);
    };
    show("reading", words.reads);
    next();
  };
  start.addEventListener("click", async () => {
    status.textContent = words.prepares;
    // Old Android calls Indonesian «in».
    const names = lang === "en" ? ["en"] : ["id", "in"];
    voice = (await voicesNow()).find((each) => each.localService && names.includes(each.lang.toLowerCase().split(/[-_]/)[0]));
    if (!voice) return show("still", words.noVoice);
    [parts, at] = [[...document.querySelectorAll("[data-read]")].flatMap(read), 0];
    go();
    pause.focus();
  });
  pause.addEventListener("click", () => {
    if (state === "paused") return go();
    round += 1;
    speech.cancel();
    show("paused", words.paused);
  });
  stop.addEventListener("click", () => end(words.stopped, true));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && state !== "still") end(words.stopped, true); });
  window.addEventListener("pagehide", () => speech.cancel());
  box.hidden = false;
}
