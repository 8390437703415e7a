// What the office's own page becomes is drawn by the server while it is typed; without scripts «Lihat hasilnya» does it.
const place = document.querySelector("[data-preview]");
const field = document.querySelector("textarea[name=body]");
let soon;
let asked = 0;

async function look() {
  const turn = ++asked;
  const data = new FormData(field.form);
  try {
    const answer = await fetch(place.dataset.preview, { method: "POST", body: new URLSearchParams(data), headers: { "X-Requested-With": "fetch" } });
    const drawn = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("pratinjau-isi");
    if (turn === asked && answer.ok && drawn) document.getElementById("pratinjau-isi").replaceWith(drawn);
  } catch {
    // Away for a moment: the next letter asks again.
  }
}

if (place && field) {
  field.addEventListener("input", () => {
    clearTimeout(soon);
    soon = setTimeout(look, 600);
  });
}
