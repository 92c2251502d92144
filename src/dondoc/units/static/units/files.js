// A field for files says in the words of the house what is chosen, whatever language the browser has.

const NOTHING = "Chưa chọn tệp";

for (const field of document.querySelectorAll("input[type=file]:not(.vh)")) {
  const line = document.createElement("div");
  const button = document.createElement("label");
  const chosen = document.createElement("span");
  line.className = "filepick";
  button.className = "btn";
  button.htmlFor = field.id;
  button.textContent = "Chọn tệp";
  chosen.className = "sm sec";
  chosen.setAttribute("role", "status");
  line.append(button, chosen);
  const say = () => (chosen.textContent = [...field.files].map((file) => file.name).join(", ") || NOTHING);
  field.classList.add("vh");
  field.after(line);
  field.addEventListener("change", say);
  say();
}
