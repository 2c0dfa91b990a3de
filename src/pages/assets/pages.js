// Adds a button that shows what was typed to every password field. The pages work without it.
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

document.querySelector('.summary')?.focus();

// In the page's language, as it is written where the reader lives.
const { lang } = document.documentElement;
const locale = window.navigator.languages.find((language) => language.startsWith(lang)) ?? lang;
for (const time of document.querySelectorAll('time[datetime]')) {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  time.textContent = format.format(new Date(time.dateTime));
}
