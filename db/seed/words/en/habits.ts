export const HABITS = [
  'Every project starts with an hour of questions and ends with a recorded walkthrough for your team.',
  '[We write|I write] down what was changed and why, so the next person does not have to guess.',
  'Prices are fixed before the work begins, and small fixes in the first month are included.',
  'You see a first working version within a week and judge that instead of a slide.',
  'If something can be done with what you already pay for, [we say|I say] so.',
  '[We test|I test] with real data from your own customers, never with invented samples.',
  'Once a week you get a short note: done, next, and what [we need|I need] from you.',
  'The accounts, the texts and the files belong to you from the first day.',
  'No jargon in meetings; if a word needs explaining, [we pick|I pick] another word.',
  '[We measure|I measure] before and after, and show you both numbers even when the second is worse.',
  'Training is part of the offer: two sessions for the people who will use it every day.',
  'Deadlines are agreed in writing, and in case of doubt [we cut|I cut] scope rather than quality.',
  '[We stay|I stay] reachable for sixty days after launch, because that is when the real questions come.',
  'Data protection is settled at the start: consent texts, retention and who may see what.',
  'Large plans are cut into steps of two weeks, each useful on its own.',
  '[We start|I start] with the one process that costs you the most time and leave the rest alone.',
  'Before the first draft [we read|I read] your last fifty customer conversations.',
  'Nothing goes live on a Friday.',
  'Afterwards your team can change texts, prices and pictures without calling [us|me].',
  '[We would|I would] rather lose a sale than build something you will not use.',
  'Whatever [we build|I build] comes with a one-page guide that a new colleague can follow.',
  'You get a checklist at the start and can see at any time what is still open.',
];

export const CLOSERS = [
  'A first call costs nothing and usually ends with two or three things you can fix yourself.',
  'Tell [us|me] what annoys you most about your current setup; that is a good place to start.',
  'Send a link to what you have today and [we will|I will] tell you honestly what is worth keeping.',
  'Both one-off projects and monthly care are possible.',
  'Small budgets are welcome as long as the goal is clear.',
  'Most projects take between two and five weeks.',
  'References from {industry} on request.',
  'On request [we visit|I visit] clients in and around {city}; everything else happens by video call.',
  '[We are|I am] happy to work alongside your in-house developer or designer.',
  'Monthly plans can be cancelled at any time.',
  'Not sure what you need? An audit of half a day is the cheapest way to find out.',
  '[We speak|I speak] the language of {industry}, and of {other} as well.',
  'Urgent jobs are possible when the calendar allows it; just ask.',
];

export const LANGUAGE_CLOSERS = [
  'Projects run in {languages}, whichever your team prefers.',
  'You can brief [us|me] in {languages}.',
  'Texts, calls and training are available in {languages}.',
  '[We write|I write] for your customers in {languages}.',
  'Support in {languages}.',
  'Meetings in {languages}, documents in whichever of them you choose.',
];

export const CAPACITY =
  'To give every client proper attention, [we take|I take] at most {limit} projects at a time.';
