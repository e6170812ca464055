// [data-focus]: has the focus once the page stands, so that errors are heard and seen first.

/** Focus the first marked element of `root`. */
export function focusFirst(root) {
  root.querySelector("[data-focus]")?.focus();
}
