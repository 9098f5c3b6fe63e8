// Draws the pages that Python sends and sends back what a person does. Text arrives as text: every string
// becomes a text node, every element and attribute is on the lists below, nothing is parsed as markup.

const TAGS = new Set(
  ("a article blockquote button code datalist del details div dd dl dt em fieldset form h2 h3 h4 iframe img input ins label " +
    "legend li ol option p pre q section mark select span strong summary table tbody td textarea th thead tr ul").split(" "),
);
const ATTRIBUTES = new Set(
  ("accept alt aria-current aria-describedby aria-invalid aria-label aria-labelledby aria-pressed autocomplete checked class cols dir disabled for hidden " +
    "id inputmode label lang list maxlength multiple name open placeholder readonly role rows scope selected spellcheck " +
    "tabindex title type value").split(" "),
);
const REFERENCES = new Set(["aria-describedby", "aria-labelledby", "for", "id", "list", "name"]);
// JupyterLab takes single keys as commands (x cuts the cell) unless the element that has the focus says not to.
const CONTROLS = new Set(["a", "button", "input", "select", "summary", "textarea"]);
const DRAFT_AFTER = 300; // milliseconds after the last key; the end of a word is kept at once
const ANSWER_WITHIN = 4000;
const MOST_BYTES = 20 << 20; // of a file that goes with an answer

let screens = 0;

function render({ model, el }) {
  const prefix = `dd${++screens}-`;
  const page = document.createElement("div");
  const line = document.createElement("p");
  const problem = document.createElement("p");
  el.classList.add("duediligence");
  line.className = "line";
  line.setAttribute("role", "status");
  line.setAttribute("aria-live", "polite");
  problem.className = "problem loud";
  problem.setAttribute("role", "alert");
  problem.id = prefix + "loud";
  problem.tabIndex = -1;
  problem.dataset.lmSuppressShortcuts = "true";
  problem.hidden = true;
  page.textContent = "Waiting for the kernel …";
  el.append(line, problem, page);

  let keeping = 0; // timer until what is typed is sent
  let waiting = 0; // timer until an answer to it is overdue
  let drafted = null; // the form whose words were sent last, where a page has several

  // Silence is said: nobody may believe that something was saved while the kernel is busy or gone.
  function send(message, silence, buffers) {
    clearTimeout(waiting);
    if (silence) waiting = setTimeout(silence, ANSWER_WITHIN);
    try {
      model.send(message, undefined, buffers);
    } catch {
      silence?.();
    }
  }

  function unheard() {
    shout("This is NOT done yet: the kernel is busy or gone. What you typed is still on this page.");
  }

  function undrafted() {
    say("Not kept yet: the kernel is busy or gone. What you typed is only on this page.");
  }

  function shout(text) {
    problem.textContent = text;
    problem.hidden = text === "";
  }

  function build(node) {
    if (typeof node === "string") return document.createTextNode(node);
    const [tag, attributes, ...children] = node;
    if (!TAGS.has(tag)) throw new Error(`no element <${tag}> is drawn here`);
    const made = document.createElement(tag);
    if (CONTROLS.has(tag) || attributes.tabindex) made.dataset.lmSuppressShortcuts = "true";
    for (const [name, value] of Object.entries(attributes)) {
      if (name === "action") made.addEventListener("click", () => act(made, value));
      else if (name === "submits") {
        made.addEventListener("submit", (event) => submit(event, made, value));
        made.addEventListener("keydown", enter);
      } else if (name === "drafts") {
        made.draft = value;
        made.addEventListener("input", (event) => type(made, /\s/.test(event.data ?? "")));
      }
      else if (name === "uploads") made.addEventListener("change", () => upload(made, value));
      else if (name === "opens") made.addEventListener("click", () => openPage(page.querySelector("iframe").srcdoc));
      else if (name === "visits") made.addEventListener("click", () => visit(value, attributes.shows));
      else if (name === "points") made.addEventListener("click", () => pointTo(el, value));
      else if (name === "shows") continue; // read with what it visits
      else if (name === "facts") made.dataset.facts = value.join(" ");
      else if (name === "place") put(made, value);
      else if (name === "copy") made.addEventListener("click", () => copy(value));
      else if (name === "goes-to") made.addEventListener("click", (event) => goTo(event, value));
      else if (name === "excludes") made.addEventListener("input", () => exclude(made, value));
      else if (name === "chooses") made.addEventListener("input", () => choose(made, value));
      else if (name === "narrows") {
        made.addEventListener("input", () => narrow(made, value));
        made.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
      } else if (name === "ticks") made.addEventListener("click", () => tick(made, value));
      else if (name === "counts") made.dataset.counts = value;
      else if (name === "document") show(made, value);
      // As an image a drawing can run nothing and load nothing.
      else if (name === "drawing") made.src = `data:image/svg+xml;base64,${value}`;
      else if (ATTRIBUTES.has(name)) {
        const own = REFERENCES.has(name) ? value.split(" ").map((id) => prefix + id).join(" ") : value;
        made.setAttribute(name, own === true ? "" : own);
      } else throw new Error(`no attribute ${name} is set here`);
    }
    for (const child of children) made.append(build(child));
    if (tag === "select" && attributes.value !== undefined) made.value = attributes.value;
    return made;
  }

  // A page of its own in a frame that can run nothing, send nothing and leave nothing.
  function show(frame, text) {
    frame.setAttribute("sandbox", "");
    frame.setAttribute("referrerpolicy", "no-referrer");
    frame.srcdoc = text;
  }

  // The same page by itself, in a tab that knows nothing of this one; it may run nothing there either.
  function openPage(text) {
    const address = URL.createObjectURL(new Blob([text], { type: "text/html" }));
    window.open(address, "_blank", "noopener");
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  }

  // To another screen of this notebook, by the name it has.
  function visit(name, fact) {
    const screen = [...document.querySelectorAll(".duediligence")].find((one) => one.getAttribute("aria-label") === name);
    if (!screen) {
      line.textContent = `“${name}” is not on this page yet. Run its cell, further down.`;
      return;
    }
    if (fact && pointTo(screen, fact)) return;
    screen.scrollIntoView({ block: "start" });
    (screen.querySelector("[tabindex='-1']:not([hidden])") ?? screen).focus({ preventScroll: true });
  }

  // What is shown about a fact or a repository, opened, with the keyboard there; false when it is not shown.
  function pointTo(screen, id) {
    const place = screen.querySelector(`[data-facts~="${CSS.escape(id)}"]`);
    if (!place) return false;
    for (let fold = place; fold !== screen; fold = fold.parentElement) if (fold.tagName === "DETAILS") fold.open = true;
    const there = place.querySelector("summary") ?? place;
    if (there === place) place.tabIndex = -1;
    place.scrollIntoView({ block: "center" });
    there.focus({ preventScroll: true });
    return true;
  }

  // A place on a picture: left, top, width, height in hundredths of it.
  function put(made, sizes) {
    ["left", "top", "width", "height"].forEach((side, i) => (made.style[side] = `${Number(sizes[i])}%`));
  }

  // What happened to what is being typed stands beside the field, if the page has a place for it.
  function say(text) {
    const beside = drafted?.isConnected ? drafted.querySelector(".draft") : null;
    (beside ?? find("draft") ?? line).textContent = text;
  }

  function find(id) {
    return el.querySelector(`#${CSS.escape(prefix + id)}`);
  }

  // What stands in the form now: one value for a text or a choice, a list for boxes to tick.
  function values(form) {
    const out = {};
    for (const field of form.querySelectorAll("input, select, textarea")) {
      if (!field.name) continue;
      const name = field.name.slice(prefix.length);
      if (field.type === "checkbox") {
        out[name] ??= [];
        if (field.checked) out[name].push(field.value);
      } else if (field.type !== "radio") out[name] = field.value;
      else if (field.checked) out[name] = field.value;
      else out[name] ??= null;
    }
    return out;
  }

  function act(made, message) {
    const form = made.closest("form");
    keepAll(); // what was just typed is a draft before anything else happens
    settle();
    send(form ? { ...message, values: values(form) } : message, unheard);
  }

  function submit(event, form, message) {
    event.preventDefault();
    settle();
    form.pending = false;
    const by = (event.submitter?.name ?? "").slice(prefix.length); // the button, where a form has several
    send({ ...message, by, values: values(form) }, unheard);
  }

  async function upload(field, message) {
    const form = field.closest("form");
    const files = [...field.files];
    const large = files.find((file) => file.size > MOST_BYTES);
    if (large) {
      shout(`${large.name} was NOT kept: it is larger than 20 MB. Put it into the case folder and name it in the answer.`);
      return;
    }
    const bytes = await Promise.all(files.map((file) => file.arrayBuffer()));
    settle();
    const names = files.map((file) => file.name);
    send({ ...message, names, values: form ? values(form) : {} }, unheard, bytes);
  }

  // The marks on the fields keep every key from JupyterLab; saving the notebook is meant for it.
  function letSave(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "s") return;
    const kept = event.target.closest?.("[data-lm-suppress-shortcuts]");
    if (!kept || !el.contains(kept)) return;
    kept.removeAttribute("data-lm-suppress-shortcuts");
    setTimeout(() => kept.setAttribute("data-lm-suppress-shortcuts", "true"));
  }

  // Inside a JupyterLab notebook the Enter key in a field does not submit by itself.
  function enter(event) {
    if (event.key !== "Enter" || event.isComposing || event.defaultPrevented) return;
    if (event.target.tagName !== "INPUT" || event.target.type !== "text") return;
    event.preventDefault();
    event.currentTarget.requestSubmit();
  }

  function type(form, now) {
    clearTimeout(keeping);
    form.pending = true;
    keeping = setTimeout(() => keep(form), now ? 0 : DRAFT_AFTER);
  }

  function keep(form) {
    clearTimeout(keeping);
    if (!form.pending) return;
    form.pending = false;
    drafted = form;
    send({ ...form.draft, values: values(form) }, undrafted);
  }

  function settle() {
    clearTimeout(keeping);
    clearTimeout(waiting);
  }

  function keepAll() {
    for (const form of page.querySelectorAll("form")) keep(form);
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      line.textContent = "Copied.";
    } catch {
      // A page without a secure address may not reach the clipboard.
      line.textContent = "The browser did not let it be copied. Select the text and copy it with the keyboard.";
    }
  }

  function goTo(event, id) {
    event.preventDefault();
    find(id)?.focus();
  }

  function named(name) {
    return el.querySelectorAll(`[name="${CSS.escape(prefix + name)}"]`);
  }

  // An answer and a way out exclude each other; what was typed stays.
  function exclude(made, name) {
    if (made.type !== "text" && !made.checked && made.tagName === "INPUT") return;
    for (const other of named(name)) if (other !== made && "checked" in other) other.checked = false;
  }

  function choose(made, id) {
    const radio = find(id);
    if (radio && made.value && !radio.checked) {
      radio.checked = true;
      radio.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  function narrow(made, id) {
    const wanted = made.value.trim().toLowerCase();
    for (const label of find(id).querySelectorAll("label")) {
      const box = label.querySelector("input");
      label.hidden = wanted !== "" && !label.textContent.toLowerCase().includes(wanted);
    }
  }

  function tick(made, group) {
    for (const box of named(group.name)) if (group.values.includes(box.value)) box.checked = true;
    made.closest("form")?.dispatchEvent(new Event("input"));
    count();
  }

  function count() {
    for (const place of page.querySelectorAll("[data-counts]")) {
      const ticked = [...named(place.dataset.counts)].filter((box) => box.checked).length;
      place.textContent = `${ticked} ticked.`;
    }
  }

  // Folds by their own words, the second of the same words apart from the first.
  function* each() {
    const seen = new Map();
    for (const fold of page.querySelectorAll("details")) {
      const words = fold.querySelector("summary")?.textContent ?? "";
      seen.set(words, (seen.get(words) ?? 0) + 1);
      yield [`${seen.get(words)} ${words}`, fold];
    }
  }

  // What a person has opened or closed stays so when a page is only drawn anew.
  function folds() {
    return new Map([...each()].map(([name, fold]) => [name, fold.open]));
  }

  // How a control is found again on a page that was drawn anew.
  function spoor(made) {
    if (!made || !page.contains(made)) return null;
    const words = made.getAttribute("aria-label") ?? (made.tagName === "SUMMARY" || made.tagName === "BUTTON" ? made.textContent : "");
    return [made.tagName, made.id, made.name, made.type === "text" ? "" : made.value, words].join("\n");
  }

  function returnTo(mark) {
    if (mark === null) return;
    const same = [...page.querySelectorAll("button, input, select, textarea, summary, [tabindex]")];
    same.find((one) => spoor(one) === mark)?.focus({ preventScroll: true });
  }

  function receive(message) {
    clearTimeout(waiting);
    if (message.name) {
      el.setAttribute("role", "region");
      el.setAttribute("aria-label", message.name);
      el.tabIndex = -1;
      el.dataset.lmSuppressShortcuts = "true";
    }
    if (message.page) {
      settle();
      const top = el.getBoundingClientRect().top;
      const opened = message.focus ? new Map() : folds();
      const mark = spoor(document.activeElement);
      page.replaceChildren(build(message.page));
      for (const [name, fold] of each()) fold.open = opened.get(name) ?? fold.open;
      count();
      // A shorter page must not leave the reader somewhere below it.
      if (message.focus && top < 0) el.scrollIntoView({ block: "start" });
      if (!message.focus) returnTo(mark);
    }
    shout(message.problem ?? (message.page || message.line ? "" : problem.textContent));
    if (message.line !== undefined) line.textContent = message.line;
    if (message.draft !== undefined) say(message.draft);
    // What could not be saved as an answer may still be kept as a draft.
    else if (message.problem && !message.page) for (const form of page.querySelectorAll("form")) if (form.draft) type(form);
    if (message.focus) find(message.focus)?.focus();
  }

  model.on("msg:custom", receive);
  page.addEventListener("input", count);
  page.addEventListener("focusout", keepAll); // whoever leaves a field may be about to leave the page
  window.addEventListener("pagehide", keepAll);
  document.addEventListener("visibilitychange", keepAll);
  window.addEventListener("keydown", letSave, true);
  send({ action: "show" });
  return () => {
    keepAll();
    settle();
    model.off("msg:custom", receive);
    window.removeEventListener("pagehide", keepAll);
    document.removeEventListener("visibilitychange", keepAll);
    window.removeEventListener("keydown", letSave, true);
    send({ action: "gone" });
  };
}

export default { render };
