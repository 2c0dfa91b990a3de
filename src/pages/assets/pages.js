// What makes the pages pleasant where scripts run. Everything works without it.

// A button that shows what was typed, beside every password field.
for (const input of document.querySelectorAll('input[type="password"][data-show]')) {
  const { show, hide } = input.dataset;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'reveal';
  button.setAttribute('aria-controls', input.id);
  const draw = () => {
    const shown = input.type === 'text';
    button.textContent = shown ? hide : show;
    button.setAttribute('aria-label', `${shown ? hide : show}: ${input.labels[0].textContent.trim()}`);
  };
  button.addEventListener('click', () => {
    input.type = input.type === 'password' ? 'text' : 'password';
    draw();
  });
  // A password that is sent as plain text would be offered again by the browser's form history.
  input.form.addEventListener('submit', () => {
    input.type = 'password';
  });
  draw();
  input.parentElement.classList.add('revealable');
  input.after(button);
}

const characters = (text) => Array.from(text.normalize('NFC'));

// How many characters count: those that go on with the one before, as in aaa, abc or 321, count a quarter.
function worth(text) {
  const codes = characters(text.toLowerCase()).map((character) => character.codePointAt(0));
  return codes.reduce((sum, code, at) => sum + (at > 0 && Math.abs(code - codes[at - 1]) <= 1 ? 0.25 : 1), 0);
}

// The words of the person that a password is not to be made of.
function ownWords(form) {
  const username = form.elements.username?.value ?? '';
  return username.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length >= 4);
}

// A guide while typing; the server's word is the one that counts, and it also knows which passwords are common.
function judge(text, guide, own) {
  const { minimum } = guide.dataset;
  const missing = Number(minimum) - characters(text).length;
  if (missing > 0) return { level: 1, text: guide.dataset.short.replace('{count}', missing) };
  const rest = own.reduce((left, word) => left.replaceAll(word.toLowerCase(), ''), text.toLowerCase());
  if (worth(rest) < Number(minimum) * 0.6)
    return { level: 2, text: rest.length < text.length ? guide.dataset.personal : guide.dataset.repetitive };
  const strong = worth(rest) >= Number(minimum) * 1.5;
  return { level: strong ? 4 : 3, text: strong ? guide.dataset.strong : guide.dataset.good };
}

for (const guide of document.querySelectorAll('.strength')) {
  const input = document.getElementById(guide.dataset.of);
  const again = document.getElementById(`${guide.dataset.of}Again`);
  const words = guide.querySelector('.words');
  const own = ownWords(input.form);
  const draw = () => {
    const { level, text } = input.value === '' ? { level: 0, text: '' } : judge(input.value, guide, own);
    guide.hidden = level === 0;
    guide.dataset.level = String(level);
    if (words.textContent !== text) words.textContent = text;
  };
  const match = document.createElement('p');
  match.className = 'match';
  match.setAttribute('aria-live', 'polite');
  const compare = () => {
    const differ = again.value !== '' && !input.value.startsWith(again.value);
    match.textContent = differ ? guide.dataset.differ : '';
  };
  again.closest('.field').append(match);
  for (const field of [input, again]) field.addEventListener('input', compare);
  input.addEventListener('input', draw);
  draw();
}

document.querySelector('.summary')?.focus();

// In the page's language, as it is written where the reader lives.
const { lang } = document.documentElement;
const locale = window.navigator.languages.find((language) => language.startsWith(lang)) ?? lang;
for (const time of document.querySelectorAll('time[datetime]')) {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  time.textContent = format.format(new Date(time.dateTime));
}
