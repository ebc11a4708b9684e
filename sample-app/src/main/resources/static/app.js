'use strict';

const $ = (id) => document.getElementById(id);
const calls = [];

$('form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const question = $('question').value.trim();
  if (!question) {
    return;
  }
  $('ask').disabled = true;
  $('ask').textContent = 'Asking…';
  try {
    const call = await ask(question);
    showAnswer(call);
    if (call.outcome !== 'error') {
      calls.push(call);
      showChart();
    }
    await showProvider();
  } finally {
    $('ask').disabled = false;
    $('ask').textContent = calls.length > 0 ? 'Ask again' : 'Ask';
  }
});

$('question').addEventListener('input', () => {
  const last = calls.at(-1);
  $('ask').textContent = last && last.question === $('question').value.trim() ? 'Ask again' : 'Ask';
});

async function ask(question) {
  const start = performance.now();
  try {
    const response = await fetch('ask?q=' + encodeURIComponent(question));
    const answer = await response.text();
    const took = performance.now() - start;
    const header = response.headers.get('Cache-Status') ?? '';
    const outcome = !response.ok ? 'error' : /;\s*hit\b/.test(header) ? 'hit' : 'miss';
    return { question, answer, took, header, outcome };
  } catch {
    return { question, answer: 'The application does not answer. Is it still running?', took: 0, header: '', outcome: 'error' };
  }
}

function showAnswer(call) {
  $('outcome').textContent = call.outcome;
  $('outcome').className = 'badge ' + call.outcome;
  $('time').textContent = call.outcome === 'error' ? '' : millis(call.took);
  $('answer').textContent = call.answer;
  $('header').textContent = 'Cache-Status: ' + call.header;
  $('header-line').hidden = !call.header;
  $('result').hidden = false;
}

function showChart() {
  const longest = Math.max(...calls.map((call) => call.took));
  $('calls').replaceChildren(...calls.map((call, index) => row(call, index + 1, longest)));
  $('summary').textContent = ['miss', 'hit'].map(mean).filter(Boolean).join(' · ')
    + ' · measured in this browser';
  $('chart').hidden = false;
}

function row(call, number, longest) {
  const bar = element('div', 'bar ' + call.outcome);
  bar.style.width = (100 * call.took / longest) + '%';
  const scale = element('div', 'scale');
  scale.append(bar);
  const track = element('div', 'track');
  track.append(scale, element('span', 'took', millis(call.took)));
  const time = element('td', 'time');
  time.append(track);
  const asked = element('td', 'asked', call.question);
  asked.title = call.question;
  const heading = element('th', 'number', number);
  heading.scope = 'row';
  const row = document.createElement('tr');
  row.append(heading, asked, time, element('td', 'outcome', call.outcome));
  return row;
}

function mean(outcome) {
  const times = calls.filter((call) => call.outcome === outcome).map((call) => call.took);
  const sum = times.reduce((total, took) => total + took, 0);
  const noun = times.length === 1 ? outcome : outcome === 'miss' ? 'misses' : 'hits';
  return times.length && `${times.length} ${noun}, ${millis(sum / times.length)} on average`;
}

async function showProvider() {
  const response = await fetch('calls').catch(() => null);
  if (!response?.ok) {
    return;
  }
  const { standIn, calls: seen } = await response.json();
  $('provider').hidden = !standIn;
  if (standIn) {
    $('provider').textContent = 'A stand-in provider answers: canned texts after a realistic delay, no language model.'
      + ` Chat calls that reached it since start-up: ${seen.chat}.`;
  }
}

function millis(took) {
  return took.toLocaleString('en', { maximumFractionDigits: took < 100 ? 1 : 0 }) + ' ms';
}

function element(tag, className, text = '') {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

showProvider();
