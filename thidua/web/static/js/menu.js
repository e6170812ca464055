// <details data-close-on-escape>: closes on Escape, on a press elsewhere, and gives the focus back.

function openOnes(root) {
  return root.querySelectorAll("details[data-close-on-escape][open]");
}

/** Close open menus of `root` when the person turns away from them. */
export function closeOnEscape(root) {
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const details of openOnes(root)) {
      const hadFocus = details.contains(document.activeElement);
      details.open = false;
      if (hadFocus) details.querySelector("summary").focus();
    }
  });
  root.addEventListener("click", (event) => {
    for (const details of openOnes(root)) {
      if (!details.contains(event.target)) details.open = false;
    }
  });
}
