// [data-passkey-trouble]: a sentence, hidden until the device or the browser gives no passkey.

document.addEventListener("allauth.error", (event) => {
  const sentence = document.querySelector("[data-passkey-trouble]");
  if (!sentence) return;
  event.preventDefault();
  sentence.hidden = false;
});
