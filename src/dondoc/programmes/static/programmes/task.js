// A link to an act (#bao-xong) opens its form.

function openAct() {
  const act = document.getElementById(location.hash.slice(1))?.closest("details.act");
  if (!act) return;
  act.open = true;
  act.scrollIntoView({ block: "nearest" });
  act.querySelector("select, input:not([type=hidden]), textarea")?.focus();
}

window.addEventListener("hashchange", openAct);
openAct();
