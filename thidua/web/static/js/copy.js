// <button data-copy="done word" hidden> in a [data-copy-box]: copies its [data-copy-text].

async function copy(button) {
  const text = button.closest("[data-copy-box]").querySelector("[data-copy-text]");
  await navigator.clipboard.writeText(text.textContent.trim());
  const before = button.textContent;
  button.textContent = button.dataset.copy;
  setTimeout(() => {
    button.textContent = before;
  }, 2500);
}

/** Show the copy buttons of `root` where the browser lets us copy, and make them work. */
export function copyButtons(root) {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll("button[data-copy]")) button.hidden = false;
  root.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-copy]");
    if (button) copy(button);
  });
}
