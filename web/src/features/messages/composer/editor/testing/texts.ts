import fc from 'fast-check'

/** Pieces of what people write at work, with all that an editor might take for its own. */
const pieces = [
  '好的',
  '明天见，',
  '“引号”',
  '（括号）',
  'Hello',
  'world.',
  "don't",
  'snake_case_name',
  '__init__',
  '**kwargs',
  '*args',
  'a*b*c',
  '2 * 3 * 4',
  '*.log',
  '*.tmp',
  '0 2 * * *',
  '*/5',
  '138****1234',
  '/usr/bin/x --keep',
  'C:\\*\\a_b',
  '^[^*_]+$',
  '~~',
  '~',
  '~ 好 ~',
  '` ',
  '`',
  '>',
  '> ',
  '-',
  '- ',
  '1.',
  '1. ',
  '2026. ',
  '#',
  '# ',
  '* ',
  '+ 1',
  '|a|b|',
  ':)',
  '*_*',
  '(´･ω･`)',
  '👍',
  '👩‍👩‍👧',
  '🇨🇳',
  '𠮷',
  'é',
  'https://example.cn/a_(b)?c=*d*',
  'www.example.cn',
  'a_b@example.cn',
  '@',
  '<b>',
  '&amp;',
  '&nbsp;',
  '\\n',
  '%20',
  '$x_1$',
  ' ',
  '  ',
  '\t',
  '\u00a0',
  '\u3000',
  '100元',
  '-5℃',
  '=SUM(A1:A2)',
  '"',
  "'",
]

/** One line. */
export const line = fc
  .array(
    fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...pieces) }, fc.string({ unit: 'grapheme', maxLength: 4 })),
    {
      maxLength: 8,
    },
  )
  .map(parts => parts.join('').replace(/[\r\n\v\f\u0085\u2028\u2029]/g, ''))

/** A message of some lines that shows something in the first and the last. */
export const text = fc
  .tuple(line, fc.array(line, { maxLength: 4 }), line)
  .map(([first, inner, last]) => [`甲${first}`, ...inner, `${last}乙`].join('\n'))

/** Lines of a fence. */
export const source = fc.array(
  line.filter(part => !/^ {0,3}```/.test(part)),
  { minLength: 1, maxLength: 5 },
)
