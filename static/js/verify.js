/* Reckons the SHA-256 of a chosen file in the browser and asks for it: nothing of the file is sent. */
const MOST = 200 * 1024 * 1024; // SubtleCrypto takes a file as a whole
const zone = document.getElementById("pilih-berkas");
const input = document.getElementById("berkas");
const told = document.getElementById("berkas-kabar");
const field = document.getElementById("sidik");

// Browsers offer it to pages that came by https alone (or from the machine itself).
if (zone && window.crypto && crypto.subtle) {
  zone.hidden = false;
  input.addEventListener("change", async () => {
    const [file] = input.files;
    if (!file) return;
    if (file.size > MOST) {
      told.textContent = "Berkas ini lebih besar dari 200 MB. Hitung sidik jarinya dengan perintah di bawah, lalu tempel hasilnya.";
      return;
    }
    told.textContent = "Menghitung…";
    try {
      const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
      field.value = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
    } catch {
      told.textContent = "Berkas ini tidak dapat dibaca. Pilih lagi, atau hitung sidik jarinya dengan perintah di bawah.";
      return;
    }
    field.form.submit();
  });
}
