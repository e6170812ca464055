// The behaviours of the house; every page works without them.
import { closeOnEscape } from "./menu.js";
import { warnBeforeLeaving } from "./dirty-form.js";
import { copyButtons } from "./copy.js";
import { sendOnce } from "./once.js";
import { focusFirst } from "./focus.js";

closeOnEscape(document);
warnBeforeLeaving(document);
copyButtons(document);
sendOnce(document);
focusFirst(document);
