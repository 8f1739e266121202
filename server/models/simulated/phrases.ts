/**
 * What the simulated model has to say, as advice that is true of nearly anything: it knows nothing about the world, so it
 * states no facts about it. `{t}` is the topic; `{a}`, `{b}`, `{c}` are key words of the prompt.
 */
export type Phrases = {
  openings: readonly [string, ...string[]]
  points: readonly string[]
  closings: readonly [string, ...string[]]
}

export const phrases = {
  write: {
    openings: [
      '{T} is easiest to understand from the reader’s side: what changes for them, and why now?',
      'Most people meet {t} in the middle of something else, so the first lines have to earn their attention.',
      'There is a short version of {t} and a long one. This is the short one.',
    ],
    points: [
      '**The starting point.** Describe what there is today in plain words, the way somebody who deals with {a} would.',
      '**What matters most.** One concrete example of {a} says more than a page about {b} in general.',
      '**The tension.** {A} and {b} pull in different directions; saying so openly makes the rest believable.',
      '**What to leave out.** Anything about {b} that doesn’t help the reader decide can wait for a second page.',
      '**The next step.** End with one thing about {c} that can be done this week, and by whom.',
    ],
    closings: [
      'If only one sentence is remembered, let it be the one about {a}.',
      'Read it aloud once: wherever {t} sounds vague, an example is missing.',
      'From here, the piece on {t} can grow in any direction without losing its thread.',
    ],
  },
  plan: {
    openings: [
      'A plan for {t} in a few steps, each with something to show at its end:',
      'Here is how {t} could go, smallest useful step first:',
    ],
    points: [
      '**Agree on the goal.** Write one sentence that says what is true when {t} is done.',
      '**Take stock.** List what already exists, and who knows {a} best.',
      '**Try the riskiest part first.** Name what could make all of it pointless, and try just that, roughly.',
      '**Build the thin version.** Take {a} from end to end, however plainly, before polishing any of it.',
      '**Show it.** Let two people who need it use it, and watch without helping.',
      '**Decide.** Keep, change or stop, with the reason written down.',
    ],
    closings: [
      'The first step fits into a day; everything after it depends on what that day shows.',
      'Put a name and a date beside each step, and the plan is ready.',
    ],
  },
  research: {
    openings: [
      'To look into {t} properly, these questions come first:',
      'A way into {t}, from the broad question to the narrow ones:',
    ],
    points: [
      '**Definition.** What exactly counts as {a} here, and what doesn’t?',
      '**Evidence.** Which sources on {b} are first-hand, and how old are they?',
      '**Comparison.** How does {a} differ from the next best alternative?',
      '**Cost.** What does {c} take in money, time and attention?',
      '**Doubt.** What would have to be true for the usual view of {t} to be wrong?',
    ],
    closings: [
      'Answers to the first two decide how deep the others need to go. (The built-in model has no sources; connect a real one for findings.)',
      'Each answer should carry its source. (The built-in model has none of its own; connect a real one for findings.)',
    ],
  },
  ideas: {
    openings: ['Some directions for {t}:', 'A handful of ideas around {t}, from safe to bold:'],
    points: [
      '**The plain one.** Do {t} the way people expect it, only with more care.',
      '**The small one.** Leave everything out but {a}.',
      '**The pair.** Combine {a} with {c} in one step.',
      '**The reverse.** Imagine the last minute of it and work back from there.',
      '**The guest.** Ask somebody who is new to all this how they would do it.',
      '**The open one.** Let people see it while it is still unfinished, and join in.',
      '**The gift.** Build it around something that is handed on to somebody else.',
      '**The ritual.** Tie it to a moment that comes back every year.',
    ],
    closings: ['The second and the last are cheapest to try.', 'Pick the one that can be tried before Friday.'],
  },
  mail: {
    openings: ['Hello,\n\nthis is about {t}.', 'Hi everyone,\n\na short note on {t}.'],
    points: [
      '**What it is about:** {t}, and what changes with it.',
      '**What we need from you:** a yes, or the one thing that is in the way.',
      '**What happens next:** once this is settled, the rest follows in small steps.',
    ],
    closings: ['A reply in one line is enough.\n\nBest regards', 'Questions are welcome at any time.\n\nKind regards'],
  },
  question: {
    openings: ['It depends mostly on {a}.', 'The useful answer to this starts with {a}.'],
    points: [
      '**If {a} is what counts,** keep everything else simple and judge by that alone.',
      '**If {b} weighs more,** compare two real cases before deciding.',
      '**In doubt,** choose what is easier to undo later.',
    ],
    closings: ['(The built-in model only shows the shape of an answer; connect a real one for knowledge of {t}.)'],
  },
} satisfies Record<string, Phrases>

export type PhraseKind = keyof typeof phrases

/** For the fields of a structured answer, by what their name asks for. The first that fits is taken. */
export const fieldPhrases: readonly (readonly [RegExp, readonly [string, ...string[]]])[] = [
  [
    /(^|_)questions?$/i,
    [
      'What exactly does {a} mean for {b}?',
      'What would {a} cost, and who would pay for it?',
      'Who knows most about {a}, and what do they say of {b}?',
      'What speaks against {a}?',
    ],
  ],
  [
    /(^|_)(why|reasons?|because|explanation|rationale|insight|proof)$/i,
    [
      'Because {a} decides whether {b} is worth the effort.',
      'Most of it hangs on {a}; {b} follows from that.',
      'Nothing else says as much about {t} as {a} does.',
    ],
  ],
  [
    /(^|_)(risk|doubts?|gaps?|defects?|weakness|missing|minority|downside|costs?|blocking|open|problems?)$/i,
    [
      'Nothing is said yet about {b}.',
      '{A} is taken for granted; nobody has checked it.',
      'With {b} left open, {a} may have to be done twice.',
      'Who answers for {b} is not settled.',
    ],
  ],
  [/(^|_)(price|budget|fee)$/i, ['Not stated.', 'Not stated for {a}.']],
  [
    /(^|_)(steps?|actions?|next|follow_up|advice|conditions?|needed|notes?|decisions?|way_back|targets?|checked)$/i,
    [
      'Check {a} with the people who deal with it.',
      'Write down what {b} has to do, and by when.',
      'Try {a} on one case before changing the rest.',
      'Settle who answers for {b}.',
      'Put a date on {a}.',
    ],
  ],
  [/(^|_)(headline|message|slogan)$/i, ['{T}: {a} first', '{T}, seen from {a}', 'What {t} means for {b}']],
]
