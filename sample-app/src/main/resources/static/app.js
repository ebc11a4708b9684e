'use strict';

const $ = (id) => document.getElementById(id);
const calls = [];
const SILENCE = 'The application does not answer. Is it still running?';

$('form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const question = $('question').value.trim();
  if (!question) {
    return;
  }
  $('ask').disabled = true;
  $('ask').textContent = 'Asking…';
  const call = await ($('streamed').checked ? stream : ask)(question);
  showAnswer(call);
  if (call.outcome !== 'error') {
    calls.push(call);
    showChart();
  }
  await showProvider();
  $('ask').disabled = false;
  nameButton();
});

$('question').addEventListener('input', nameButton);

function nameButton() {
  const asked = calls.some((call) => call.question === $('question').value.trim());
  $('ask').textContent = asked ? 'Ask again' : 'Ask';
}

async function ask(question) {
  const response = await fetch('ask?q=' + encodeURIComponent(question)).catch(() => null);
  if (!response?.ok) {
    return { question, answer: await complaint(response), outcome: 'error' };
  }
  const header = response.headers.get('Cache-Status') ?? '';
  return {
    question,
    header,
    answer: await response.text(),
    outcome: outcomeOf(header),
    took: Number(/dur=([\d.]+)/.exec(response.headers.get('Server-Timing'))?.[1]),
    answered: decodeURIComponent(response.headers.get('Answered-Question') ?? ''),
  };
}

function stream(question) {
  return new Promise((resolve) => {
    const events = new EventSource('stream?q=' + encodeURIComponent(question));
    let answer = '';
    const finish = (call) => {
      events.close();
      resolve({ question, answer, streamed: true, ...call });
    };
    events.addEventListener('piece', ({ data }) => {
      answer += JSON.parse(data).text;
      showPieces(answer);
    });
    events.addEventListener('end', ({ data }) => {
      const { cacheStatus, firstMillis, millis, answered } = JSON.parse(data);
      finish({ header: cacheStatus, outcome: outcomeOf(cacheStatus), took: millis, first: firstMillis, answered });
    });
    events.addEventListener('failed', ({ data }) => finish({
      answer: `The provider did not answer (${JSON.parse(data).reason}).`, outcome: 'error',
    }));
    events.onerror = () => finish({ answer: SILENCE, outcome: 'error' });
  });
}

function outcomeOf(header) {
  return /;\s*hit\b/.test(header) ? 'hit' : 'miss';
}

function meaningOf({ header = '', answered }) {
  const similarity = /similarity=([-\d.]+)/.exec(header)?.[1];
  const guard = /detail="refused-([^"]+)"/.exec(header)?.[1];
  if (guard) {
    return `A similar question is known (similarity ${similarity}), but “${guard}” spoke against its answer.`;
  }
  if (!answered) {
    return '';
  }
  return similarity ? `Answered from “${answered}” (similarity ${similarity}).`
    : `Answered from “${answered}”: the same question but for what cannot matter.`;
}

async function complaint(response) {
  if (!response) {
    return SILENCE;
  }
  const readable = response.headers.get('Content-Type')?.startsWith('text/plain');
  return readable ? response.text() : `The application answered with status ${response.status}.`;
}

function showAnswer(call) {
  $('outcome').textContent = call.outcome;
  $('outcome').className = 'badge ' + call.outcome;
  $('time').textContent = call.outcome === 'error' ? '' : millis(call.took)
    + (call.streamed ? ', the first words after ' + millis(call.first) : '');
  $('answer').textContent = call.answer;
  $('meaning').textContent = meaningOf(call);
  $('meaning').hidden = !meaningOf(call);
  $('header').textContent = 'Cache-Status: ' + (call.header ?? '');
  $('header-line').hidden = !call.header;
  $('result').hidden = false;
  $('result').ariaBusy = 'false';
}

function showPieces(answer) {
  $('result').ariaBusy = 'true';
  $('outcome').className = 'badge';
  $('outcome').textContent = 'streaming';
  $('time').textContent = '';
  $('meaning').hidden = true;
  $('answer').textContent = answer;
  $('header-line').hidden = true;
  $('result').hidden = false;
}

function showChart() {
  const longest = Math.max(...calls.map((call) => call.took));
  $('calls').replaceChildren(...calls.map((call, index) => row(call, index + 1, longest)));
  $('summary').textContent = ['miss', 'hit'].map(mean).filter(Boolean).join(' · ');
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
  row.append(heading, asked, time, element('td', 'outcome', call.streamed ? call.outcome + ', streamed' : call.outcome));
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
  return took.toLocaleString('en', { maximumFractionDigits: took < 10 ? 2 : took < 100 ? 1 : 0 }) + ' ms';
}

function element(tag, className, text = '') {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

showProvider();
