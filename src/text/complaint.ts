import * as v from 'valibot';

const FORMS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list of two numbers',
  object: 'a group of fields',
  loose_object: 'a group of fields',
  strict_object: 'a group of fields',
  record: 'a group of fields',
  nullable: 'a value or null',
  union: 'a number, a text, true or false',
};

/** Characters of a field's name that are told: the keys of a hostile file may be of any length. */
const NAME_LENGTH = 80;

/** The words with which a schema's own messages begin where nobody wrote others. */
const LIBRARY_WORDS = /^Invalid /;

/** What is wrong with a value that a schema refused, to follow its name, as “is not a number”. */
export function reasonOf(issue: v.BaseIssue<unknown>): string {
  if (!LIBRARY_WORDS.test(issue.message)) return issue.message;
  if (issue.kind === 'validation') return 'has a value that it cannot have';
  if (issue.received === 'undefined') return 'is missing';
  if (issue.expected === 'never') return 'is nothing that this version knows';
  const form = FORMS[issue.type];
  if (form !== undefined) return `is not ${form}`;
  const choices = issue.expected?.replaceAll(/["()]/g, '').replaceAll(' | ', ' or ');
  return `is not ${choices === undefined || choices === 'unknown' ? 'as expected' : choices}`;
}

/** The same with the field's name before it. @param whole the name of all that was read */
export function complaintOf(issue: v.BaseIssue<unknown>, whole = 'the file'): string {
  const field = (v.getDotPath(issue) ?? whole).slice(0, NAME_LENGTH);
  return `${field} ${reasonOf(issue)}`;
}
