// What the pages of an application can do beyond forms; each works without it.
"use strict";

// Typing a number of one's own chooses it.
document.addEventListener("input", (event) => {
  const box = event.target.closest("[data-picks]");
  const option = box && document.getElementById(box.dataset.picks);
  if (option) option.checked = true;
});

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.querySelector("span").textContent = button.dataset.copied;
  });
}

// -- Files: sent as soon as they are chosen, one request each, with their progress ---------
const papers = document.querySelector("[data-papers]");
const told = document.querySelector("[data-told]");
// The page brings the sentences, in its language.
const words = papers ? papers.dataset : {};

function revive(place) {
  for (const form of place.querySelectorAll("[data-upload]")) {
    form.classList.add("upload-live");
    form.querySelector("input[type=file]").multiple = true;
  }
}

function send(form, file, says) {
  const data = new FormData(form);
  data.set("upload", file);
  const bar = form.querySelector("progress");
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.responseType = "document";
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      bar.value = Math.round((event.loaded / event.total) * 100);
      says.textContent = words.sendingWords.replace("FILE", () => file.name).replace("DONE", `${bar.value}%`);
    });
    request.addEventListener("load", () => resolve(request.response));
    request.addEventListener("error", reject);
    request.send(data);
  });
}

function failed(form) {
  const says = form.querySelector("[data-says]");
  form.querySelector("[data-sending]").hidden = false;
  says.textContent = words.brokenWords;
  told.textContent = says.textContent;
  form.classList.remove("upload-busy");
  form.querySelector("input[type=file]").focus();
}

// A line of the summary goes with what it asked for, the summary with its last line.
function settled(id) {
  const line = document.querySelector(`.error-summary a[href="#${id}"]`)?.closest("li");
  if (!line) return;
  const summary = line.closest(".error-summary");
  line.remove();
  if (!summary.querySelector("li")) summary.remove();
}

// What arrived before a connection broke is shown as kept, so that nobody sends it twice.
// Returns whether everything arrived.
async function sendAll(form, files) {
  const item = form.closest(".paper");
  const says = form.querySelector("[data-says]");
  form.querySelector("[data-sending]").hidden = false;
  form.classList.add("upload-busy");
  let fresh = null;
  let broken = false;
  for (const file of files) {
    const page = await send(form, file, says).catch(() => null);
    const answer = page && page.getElementById(item.id);
    broken = !answer;
    if (broken) break;
    fresh = answer;
    if (fresh.querySelector(".field-error")) break;
  }
  if (!fresh) {
    failed(form);
    return false;
  }
  item.replaceWith(fresh);
  revive(fresh);
  const input = fresh.querySelector("input[type=file]");
  if (broken) {
    failed(input.form);
    return false;
  }
  settled(input.id);
  const wrong = fresh.querySelector(".field-error");
  told.textContent = wrong ? wrong.textContent : words.sentWords.replace("COUNT", files.length);
  (wrong ? input : fresh.querySelector(".files a")).focus();
  return !wrong;
}

// Going on waits for what is still on its way: leaving the page would break it off.
if (papers) {
  const onward = document.getElementById("go-on");
  const waits = onward.querySelector("[data-waits]");
  let underWay = 0;
  let waiting = false;
  revive(papers);
  papers.addEventListener("change", async (event) => {
    const form = event.target.closest("[data-upload]");
    if (!form || !event.target.files.length) return;
    underWay += 1;
    const arrived = await sendAll(form, [...event.target.files]);
    underWay -= 1;
    if (!arrived) waiting = false;
    if (!waiting) waits.textContent = "";
    if (waiting && !underWay) onward.requestSubmit();
  });
  onward.addEventListener("submit", (event) => {
    if (!underWay) return;
    event.preventDefault();
    waiting = true;
    waits.textContent = words.waitWords;
  });
  window.addEventListener("beforeunload", (event) => {
    if (underWay) event.preventDefault();
  });
}
