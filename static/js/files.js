/* File fields in our own words: the browser's own lies on top, unseen, so it is pressed, dropped on and focused as ever. */
const tell = (input, name) => {
  const names = Array.from(input.files, (file) => file.name);
  const said = names.length > 1 ? `${names.length} berkas: ${names.join(", ")}` : names[0];
  input.title = name.textContent = said ?? "Belum ada yang dipilih";
};
const part = (kind, words) => {
  const span = document.createElement("span");
  span.className = `file-field__${kind}`;
  span.textContent = words;
  span.setAttribute("aria-hidden", "true");
  return span;
};
const dress = (input) => {
  const field = document.createElement("span");
  const name = part("name", "");
  field.className = input.className;
  field.classList.add("file-field");
  input.classList.add("file-field__own");
  input.replaceWith(field);
  field.append(input, part("button", "Pilih berkas"), name);
  const now = () => tell(input, name);
  input.addEventListener("change", now);
  input.form?.addEventListener("reset", () => setTimeout(now));
  window.addEventListener("pageshow", now);
  now();
};
const dressAll = () => document.querySelectorAll("input[type=file]:not(.file-field__own)").forEach(dress);
dressAll();
document.addEventListener("htmx:afterSettle", dressAll);
