// What was typed survives a change of language or of type size: those buttons load the
// page anew. It waits in this tab, for that one load; passwords, codes and files never.
const KEPT = "kept";
const LONGEST = 60_000; // milliseconds; later nobody expects it any more
const UNKEPT = ["hidden", "submit", "button", "reset", "image"];
const here = location.pathname + location.search;

function secret(control) {
  return ["password", "file"].includes(control.type) || /one-time-code|password/.test(control.autocomplete);
}

// By name, and by the place among those of that name: so both editions of a page agree.
function controls() {
  const counts = new Map();
  return [...document.querySelectorAll("input[name], select[name], textarea[name]")].map((control) => {
    const count = counts.get(control.name) || 0;
    counts.set(control.name, count + 1);
    return [`${control.name} ${count}`, control];
  });
}

function keepable([, control]) {
  return !secret(control) && !control.readOnly && !UNKEPT.includes(control.type);
}

function read(control) {
  if (["checkbox", "radio"].includes(control.type)) return control.checked;
  if (control.options) return [...control.options].map((option) => option.selected);
  return control.value;
}

function write(control, value) {
  if (typeof value === "boolean") control.checked = value;
  else if (control.options) [...control.options].forEach((option, i) => (option.selected = value[i]));
  else control.value = value;
}

function keep(event) {
  const form = event.target;
  if (!("keeps" in form.dataset)) return;
  const lost = controls().some(([, control]) => secret(control) && control.value);
  // The page brings the question, in its language.
  if (lost && !window.confirm(form.dataset.keeps)) {
    event.preventDefault();
    event.stopPropagation();
    return;
  }
  const typed = controls().filter(keepable).map(([key, control]) => [key, read(control)]);
  form.elements.next.value = here;
  sessionStorage.setItem(KEPT, JSON.stringify({ here, at: Date.now(), typed }));
}

function restore() {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) || "{}");
  sessionStorage.removeItem(KEPT);
  if (kept.here !== here || Date.now() - kept.at > LONGEST) return;
  const typed = new Map(kept.typed);
  for (const [key, control] of controls().filter(keepable)) {
    const before = JSON.stringify(read(control));
    if (typed.has(key)) write(control, typed.get(key));
    if (JSON.stringify(read(control)) === before) continue;
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

document.addEventListener("submit", keep, { capture: true });
restore();
