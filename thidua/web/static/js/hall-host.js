// The host's keys and buttons on the screen. A clicker sends Page Down and Page Up.

const KEYS = {
  ArrowRight: "next",
  ArrowDown: "next",
  PageDown: "next",
  " ": "next",
  ArrowLeft: "previous",
  ArrowUp: "previous",
  PageUp: "previous",
  Enter: "light",
  b: "dark",
  ".": "dark",
};
const STILL = 3000; // milliseconds after which the buttons go away again
const PATIENCE = 5000;

export function hostKeys(body, look) {
  const form = body.querySelector("[data-host]");
  if (!form) return;
  const dialog = body.querySelector("[data-keys-dialog]");
  const told = form.querySelector("[data-host-told]");

  async function send(act) {
    const data = new FormData(form);
    data.set("act", act);
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: data,
        headers: { Accept: "application/json" },
        redirect: "manual",
        signal: AbortSignal.timeout(PATIENCE),
      });
      const isOurs = answer.headers.get("Content-Type")?.startsWith("application/json");
      told.textContent = isOurs ? (await answer.json()).told : form.dataset.refused;
    } catch {
      told.textContent = form.dataset.failed;
    }
    if (told.textContent) rouse();
    look();
  }

  function fullscreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen().catch(() => {});
  }

  function rouse() {
    body.classList.add("is-roused");
    clearTimeout(rouse.timer);
    rouse.timer = setTimeout(() => body.classList.remove("is-roused"), STILL);
  }

  function press(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || dialog.open) return;
    const onButton = event.target.closest("button, a, input");
    if (onButton && [" ", "Enter"].includes(event.key)) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === "f") fullscreen();
    else if (key === "?") dialog.showModal();
    else if (KEYS[key]) act(KEYS[key]);
    else return;
    event.preventDefault();
  }

  function act(wanted) {
    const isWaiting = body.dataset.stage === "waiting";
    const isThere = form.querySelector(`[value="${wanted}"]`) !== null;
    if (isWaiting && wanted === "next") send("begin");
    else if (isThere && !(isWaiting && wanted !== "dark")) send(wanted);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(event.submitter.value);
  });
  for (const [name, open] of [["fullscreen", fullscreen], ["keys", () => dialog.showModal()]]) {
    const button = form.querySelector(`[data-${name}]`);
    button.hidden = false;
    button.addEventListener("click", open);
  }
  document.addEventListener("keydown", press);
  document.addEventListener("pointermove", rouse);
  body.classList.add("has-keys");
  rouse();
}
