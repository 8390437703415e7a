// What is typed at the desk is not lost on the way: a draft copy for this tab until it has been sent, a question before
// leaving, the focus on what a page refuses, and an answer that is no editor shown whole. All of it works without, too.
const who = document.body.dataset.who;
const key = (form) => `isian:${who}:${form.action}`;
const forms = () => document.querySelectorAll("main form[method=post]");
const opened = new WeakMap();
let leaving = false;
let waiting;
let saving;

const typedFields = (form) =>
  [...form.elements].filter((field) => field.name && !field.readOnly && field.autocomplete !== "one-time-code" && !/^(hidden|password|file|submit|button)$/.test(field.type));
const typed = (form) =>
  typedFields(form).map((field) => [field.name, field.type === "checkbox" || field.type === "radio" ? field.checked : field.value]);
const said = (form) => JSON.stringify(typed(form));
const isChanged = (form) => opened.has(form) && opened.get(form) !== said(form);

const stored = (name) => {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
};
const store = (name, value) => {
  try {
    value === null ? sessionStorage.removeItem(name) : sessionStorage.setItem(name, value);
  } catch {
    // Full or forbidden: then there is no draft copy, and everything else goes on.
  }
};
const forgetAll = (but) => {
  for (const name of Object.keys(sessionStorage)) if (name.startsWith("isian:") && !(but && name.startsWith(but))) store(name, null);
};
const says = (id, before) => {
  const notice = document.getElementById(id)?.content.firstElementChild.cloneNode(true);
  if (notice) before.before(notice);
  return notice;
};

function restore(form, draft) {
  const left = JSON.parse(draft);
  for (const field of typedFields(form)) {
    const at = left.findIndex(([name]) => name === field.name);
    if (at < 0) continue;
    const [[, value]] = left.splice(at, 1);
    typeof value === "boolean" ? (field.checked = value) : (field.value = value);
  }
}

function offer(form) {
  const draft = stored(key(form));
  if (!draft || draft === said(form)) return;
  const notice = says("ada-draf", form);
  notice?.querySelector("[data-restore]").addEventListener("click", () => {
    restore(form, draft);
    notice.remove();
    typedFields(form)[0]?.focus();
  });
  notice?.querySelector("[data-drop]").addEventListener("click", () => {
    store(key(form), null);
    notice.remove();
  });
}

function look({ first }) {
  const refused = document.querySelector("main .errors, main .stale");
  const kept = refused || document.querySelector("[data-typed]");
  const sent = stored("isian-terkirim");
  if (sent && who) {
    store("isian-terkirim", null);
    if (!kept) store(sent, null);
  }
  for (const form of forms()) {
    if (typedFields(form).length === 0) continue;
    opened.set(form, kept ? "" : said(form)); // what comes back unsaved counts as changed
    if (first && !kept) offer(form);
  }
  refused?.focus();
}

if (who) {
  forgetAll(`isian:${who}:`);
  look({ first: true });
}

// Where the page offers to save a draft, it is saved as it is typed: on the server, so it is there on another device too.
async function save(form, status) {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  const snapshot = said(form);
  try {
    const answer = await fetch(status.dataset.draft, { method: "POST", body: new URLSearchParams(data), headers: { "X-Requested-With": "fetch" } });
    const told = await answer.text();
    if (!answer.ok || answer.redirected || !told.startsWith("Tersimpan")) throw new Error(answer.status);
    status.textContent = told;
    opened.set(form, snapshot); // what lies on the server is no reason to ask before leaving
  } catch {
    status.textContent = "Belum tersimpan di server; salinannya ada di tab ini.";
  }
}

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!who || !form || !opened.has(form)) return;
  const status = form.querySelector("[data-draft]");
  clearTimeout(saving);
  if (status) saving = setTimeout(() => save(form, status), 1500);
  clearTimeout(waiting);
  waiting = setTimeout(() => store(key(form), isChanged(form) ? said(form) : null), 250);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  clearTimeout(waiting);
  clearTimeout(saving);
  if (form.action.endsWith("/keluar/")) return forgetAll();
  if (event.defaultPrevented || form.method !== "post") return;
  leaving = true;
  if (opened.has(form)) {
    store(key(form), said(form));
    store("isian-terkirim", key(form));
  }
});

addEventListener("beforeunload", (event) => {
  if (!leaving && [...forms()].some(isChanged)) event.preventDefault();
});
addEventListener("pageshow", () => (leaving = false));

// A part of the page is exchanged in place. Any answer without it (a sign-in page, a fault) is asked for again as a whole page.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig, target } = event.detail;
  if (xhr.getResponseHeader("HX-Redirect")) return;
  if (xhr.responseText.includes(`id="${target.id}"`)) return;
  event.detail.shouldSwap = false;
  const form = requestConfig.elt.closest("form");
  if (!form) return location.reload();
  const pressed = requestConfig.triggeringEvent?.submitter ?? (requestConfig.elt === form ? null : requestConfig.elt);
  if (pressed?.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: pressed.name, value: pressed.value }));
  leaving = true;
  form.submit();
});
document.addEventListener("htmx:beforeOnLoad", (event) => {
  if (event.detail.xhr.getResponseHeader("HX-Redirect")) {
    leaving = true;
    store(key(event.detail.elt.closest("form")), null);
  }
});
document.addEventListener("htmx:sendError", (event) => says("putus", event.detail.elt));
document.addEventListener("htmx:afterSettle", () => {
  if (!document.getElementById("penyunting")) return; // only the editor's answer has saved what was typed
  for (const form of forms()) if (!document.querySelector("main .errors")) store(key(form), null);
  look({ first: false });
});
