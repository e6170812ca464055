// <form data-dirty-form>: the browser asks before a changed form is left without sending it.

const changed = new Set();

/** Watch the marked forms of `root`. A form shown again with errors counts as changed. */
export function warnBeforeLeaving(root) {
  for (const form of root.querySelectorAll("form[data-dirty-form]")) {
    if (form.querySelector("[aria-invalid='true']")) changed.add(form);
  }
  root.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-dirty-form]");
    if (form) changed.add(form);
  });
  root.addEventListener("submit", (event) => changed.delete(event.target));
  root.addEventListener("saved", (event) => changed.delete(event.target));
  window.addEventListener("beforeunload", (event) => {
    if (changed.size) event.preventDefault();
  });
}
