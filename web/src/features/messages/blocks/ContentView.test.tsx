import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import { fromPlainText } from '../composer/plain-text'
import { ContentView } from './ContentView'

function shown(text: string): HTMLElement {
  return render(<ContentView content={fromPlainText(text)} />).container.firstElementChild as HTMLElement
}

test('rows of a table have wide columns, so that an empty cell moves no figure under another head', () => {
  expect(shown('姓名\t工号\t部门\n张三\t\t销售部').className).toMatch(/columns/)
  expect(shown('\tindented\n\t\tsource').className).not.toMatch(/columns/)
  expect(shown('no tabs').className).not.toMatch(/columns/)
})

test('every number of a list is its own, from where the list begins', () => {
  const content = { blocks: [{ type: 'list' as const, ordered: true, start: 3, items: [[], []] }] }
  const items = render(<ContentView content={content} />).container.querySelectorAll('li')
  expect([...items].map(item => item.getAttribute('value'))).toEqual(['3', '4'])
})

test('in what is emphasised ideographs have dots and letters lean', () => {
  const spans = [{ type: 'text' as const, text: '重点 is _it_ 强调', marks: ['italic' as const] }]
  const { container } = render(<ContentView content={{ blocks: [{ type: 'paragraph', spans }] }} />)
  expect([...container.querySelectorAll('em .han')].map(part => part.textContent)).toEqual(['重点', '强调'])
  expect(container.textContent).toBe('重点 is _it_ 强调')
})
