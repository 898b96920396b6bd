import { Extension, InputRule, type InputRuleMatch, markInputRule, wrappingInputRule } from '@tiptap/core'
import type { EditorState, Transaction } from '@tiptap/pm/state'

/** Where a sign may open: never inside a word. A list of what is known, so that all else stays text. */
const before = '(?:^|[\\s，。、；：！？…—（(「『“‘《〈【\\["\':])'
const solid = '[\\p{L}\\p{N}\\p{Emoji_Presentation}]'
const finish = '[\\p{L}\\p{N}\\p{Emoji_Presentation}!?.%…！？。”’』」》】）)]'

/** Text between two signs that touch it: *so*, and neither 2 * 3 * 4 nor *.log *.tmp. */
function between(sign: string, not: string): (text: string) => InputRuleMatch | null {
  const pattern = new RegExp(`${before}${sign}(${solid}(?:[^${not}\\n]*${finish})?)${sign}$`, 'u')
  const length = sign.replaceAll('\\', '').length
  return text => matchOf(pattern.exec(text)?.[1], text, length)
}

function matchOf(inner: string | undefined, text: string, signLength: number): InputRuleMatch | null {
  if (inner === undefined) return null
  const whole = text.slice(text.length - inner.length - 2 * signLength)
  return { index: text.length - whole.length, text: whole, replaceWith: inner }
}

const codePattern = new RegExp(
  `${before.replace(')', '|[\\p{Script=Han},;=>])')}\`([^\`\\s](?:[^\`\\n]*[^\`\\s])?)\`$`,
  'u',
)

/** Faces are written with one backtick: what closes a bracket that opened before it is none of code. */
function code(text: string): InputRuleMatch | null {
  const inner = codePattern.exec(text)?.[1]
  // y = `z` is code as it stands: there the backticks are signs of the language.
  if (inner && /=\s*$/.test(text.slice(0, -inner.length - 2))) return null
  let depth = 0
  for (const char of inner ?? '') {
    if ('(（'.includes(char)) depth += 1
    if (')）'.includes(char) && depth-- === 0) return null
  }
  return matchOf(inner, text, 1)
}

/** A name of code, such as _private_, is no emphasis; one letter may be. */
function underlined(text: string): InputRuleMatch | null {
  const match = between('_', '_')(text)
  return match && /^[a-z\d]{2,}$/i.test(match.replaceWith ?? '') ? null : match
}

/** A year or a part number at the beginning of a line is no number of a list. */
const number = /^([1-9]\d?)\. $/

/** Formats by typing their signs. Undone (Ctrl+Z, Backspace) the signs are back. */
export const Typing = Extension.create({
  name: 'typing',
  addInputRules() {
    const { marks, nodes } = this.editor.schema
    const { bold, italic, strike, code: codeMark } = marks
    const { bulletList, orderedList, blockquote } = nodes
    if (!bold || !italic || !strike || !codeMark || !bulletList || !orderedList || !blockquote) return []
    return [
      markInputRule({ find: between('\\*\\*', '*'), type: bold }),
      markInputRule({ find: between('\\*', '*'), type: italic }),
      markInputRule({ find: underlined, type: italic }),
      markInputRule({ find: between('~~', '~'), type: strike }),
      markInputRule({ find: code, type: codeMark }),
      new InputRule({ find: /^- $/, handler: inItem('bulletList', () => 1) }),
      new InputRule({ find: number, handler: inItem('orderedList', match => Number(match[1])) }),
      new InputRule({ find: /^> $/, handler: inQuote }),
      wrappingInputRule({ find: /^- $/, type: bulletList, joinPredicate: (_, list) => !list.attrs.indent }),
      wrappingInputRule({
        find: number,
        type: orderedList,
        getAttributes: match => ({ start: Number(match[1]) }),
        joinPredicate: (match, list) => !list.attrs.indent && list.childCount + list.attrs.start === Number(match[1]),
      }),
      wrappingInputRule({ find: /^> $/, type: blockquote }),
    ]
  },
})

type RuleProps = Parameters<InputRule['handler']>[0]

/** The sign of an item typed where there is one already: it is that sign, not text behind it. Another one begins another list. */
function inItem(kind: 'bulletList' | 'orderedList', startOf: (match: RuleProps['match']) => number) {
  return ({ state, range, match }: RuleProps): null | undefined => {
    const $at = state.doc.resolve(range.from)
    if ($at.depth < 3 || $at.node(-1).type.name !== 'listItem') return null
    const list = $at.node(-2)
    const index = $at.index(-2)
    // Behind the sign that began the list another one is text: "- - a" is YAML, "1. - 5" a figure.
    if (index === 0) return null
    const start = startOf(match)
    state.tr.delete(range.from, range.to)
    if (list.type.name === kind && (kind === 'bulletList' || list.attrs.start + index === start)) return undefined
    beginList(state.tr, state, $at.before(-1), kind, start)
    return undefined
  }
}

function beginList(
  tr: Transaction,
  state: EditorState,
  at: number,
  kind: 'bulletList' | 'orderedList',
  start: number,
): void {
  const type = state.schema.nodes[kind]
  if (!type) return
  const attrs = kind === 'orderedList' ? { start } : {}
  tr.split(at, 1, [{ type, attrs }])
}

function inQuote({ state, range }: RuleProps): null | undefined {
  const $at = state.doc.resolve(range.from)
  if ($at.node(-1).type.name !== 'blockquote' || $at.index(-1) === 0) return null
  state.tr.delete(range.from, range.to)
  return undefined
}
