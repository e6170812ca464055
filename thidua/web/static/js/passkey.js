// <form data-passkey>: ask the device to sign the challenge, put its answer in the form, send it.
// The form's data: challenge, rp, keys (ids by blanks); sentences in data-refused, data-no-key,
// data-failed, data-insecure, data-unknown. [data-passkey-ask] is the button, [data-passkey-told]
// where it is said why not.

const WAIT = 120_000; // ms that the device may ask its owner

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function written(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

async function askDevice(form) {
  const { challenge, rp, keys } = form.dataset;
  const publicKey = {
    challenge: bytes(challenge),
    rpId: rp,
    allowCredentials: keys.split(" ").map((id) => ({ type: "public-key", id: bytes(id) })),
    userVerification: "required",
    timeout: WAIT,
  };
  const credential = await navigator.credentials.get({ publicKey });
  const { authenticatorData, clientDataJSON, signature } = credential.response;
  return {
    credential_id: written(credential.rawId),
    authenticator_data: written(authenticatorData),
    client_data: written(clientDataJSON),
    signature: written(signature),
  };
}

function why(form, fault) {
  if (fault.name === "NotAllowedError" || fault.name === "AbortError") return form.dataset.refused;
  if (fault.name === "InvalidStateError") return form.dataset.noKey;
  return form.dataset.failed;
}

function whyNever(form) {
  if (!window.isSecureContext) return form.dataset.insecure;
  return window.PublicKeyCredential ? "" : form.dataset.unknown;
}

/** Let the form sign by the device, or say why this browser cannot. */
export function signByPasskey(form) {
  const told = form.querySelector("[data-passkey-told]");
  const button = form.querySelector("[data-passkey-ask]");
  told.textContent = whyNever(form);
  if (told.textContent) return;
  button.hidden = false;
  form.addEventListener("submit", async (event) => {
    if (form.elements.answer.value) return;
    event.preventDefault();
    told.textContent = form.dataset.waiting;
    button.disabled = true;
    try {
      form.elements.answer.value = JSON.stringify(await askDevice(form));
      form.submit();
    } catch (fault) {
      told.textContent = why(form, fault);
      button.disabled = false;
    }
  });
  window.addEventListener("pageshow", () => {
    form.elements.answer.value = "";
    button.disabled = false;
  });
}

for (const form of document.querySelectorAll("form[data-passkey]")) signByPasskey(form);
