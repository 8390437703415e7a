/* Passkeys: <form data-passkey="add|prove" data-options="what to ask, as JSON"> or data-options-url for a fetch, with a hidden
   field named credential, a button [data-passkey-button] and a line [data-passkey-said]. Without a script it stays hidden. */
const toBytes = (text) => {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0)).buffer;
};
const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function asked(options) {
  const key = options.publicKey;
  const ids = (list) => (list || []).map((each) => ({ ...each, id: toBytes(each.id) }));
  const read = { ...key, challenge: toBytes(key.challenge) };
  if (key.user) read.user = { ...key.user, id: toBytes(key.user.id) };
  if (key.excludeCredentials) read.excludeCredentials = ids(key.excludeCredentials);
  if (key.allowCredentials) read.allowCredentials = ids(key.allowCredentials);
  return { publicKey: read };
}

function answered(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = toText(credential.response[name]);
  }
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

const WHY = {
  NotAllowedError: "Dibatalkan, atau waktunya habis. Tekan tombolnya sekali lagi.",
  InvalidStateError: "Kunci sandi di perangkat ini sudah tercatat pada akun Anda.",
  SecurityError: "Kunci sandi hanya berlaku di alamat portal yang sebenarnya, lewat https.",
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential || !navigator.credentials) continue;
  form.hidden = false;
  const said = form.querySelector("[data-passkey-said]");
  const button = form.querySelector("[data-passkey-button]");
  button.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!form.reportValidity()) return;
    said.textContent = "Ikuti yang diminta peramban Anda…";
    button.disabled = true;
    try {
      let options = form.dataset.options && JSON.parse(form.dataset.options);
      if (!options) {
        const reply = await fetch(form.dataset.optionsUrl, { headers: { "X-Requested-With": "fetch" } });
        if (!reply.ok || reply.redirected) throw new Error();
        options = await reply.json();
      }
      const make = form.dataset.passkey === "add" ? "create" : "get";
      const credential = await navigator.credentials[make](asked(options));
      form.elements.credential.value = JSON.stringify(answered(credential));
      form.submit();
    } catch (error) {
      said.textContent = WHY[error.name] || "Kunci sandi tidak dapat dipakai sekarang. Pakai cara lain, atau muat ulang halaman ini.";
      button.disabled = false;
    }
  });
}
