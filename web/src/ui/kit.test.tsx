import { render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { describe, expect, test, vi } from 'vitest'
import { Button, ConfirmDialog, Field, Input, Menu, MenuItem, Select, Switch, Tree } from '@/ui'

describe('Button', () => {
  test('while busy it stays focusable and does nothing', async () => {
    const onClick = vi.fn()
    render(
      <Button busy onClick={onClick}>
        Send
      </Button>,
    )
    const button = screen.getByRole('button', { name: 'Send' })
    await userEvent.click(button)
    expect(onClick).not.toHaveBeenCalled()
    expect(button.getAttribute('aria-busy')).toBe('true')
    expect((button as HTMLButtonElement).disabled).toBe(false)
  })
})

describe('Field', () => {
  test('ties label and error to the control', () => {
    render(
      <Field label="Login" error="Taken">
        <Input />
      </Field>,
    )
    const input = screen.getByRole('textbox', { name: 'Login' })
    const described = (input.getAttribute('aria-describedby') ?? '').split(' ')
    expect(described.map(id => document.getElementById(id)?.textContent)).toContain('Taken')
    expect(input.getAttribute('aria-invalid')).toBe('true')
  })

  test('reports what is typed', async () => {
    const onValueChange = vi.fn()
    render(<Input aria-label="Name" onValueChange={onValueChange} />)
    await userEvent.type(screen.getByRole('textbox'), '陈')
    expect(onValueChange).toHaveBeenLastCalledWith('陈')
  })
})

test('Switch is named by its label and tells the new state', async () => {
  const onCheckedChange = vi.fn()
  render(<Switch label="Mute" checked={false} onCheckedChange={onCheckedChange} />)
  await userEvent.click(screen.getByRole('switch', { name: 'Mute' }))
  expect(onCheckedChange).toHaveBeenCalledWith(true)
})

test('Menu opens from its trigger and runs an item', async () => {
  const onClick = vi.fn()
  render(
    <Menu trigger={<Button>More</Button>}>
      <MenuItem onClick={onClick}>Pin</MenuItem>
    </Menu>,
  )
  await userEvent.click(screen.getByRole('button', { name: 'More' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Pin' }))
  expect(onClick).toHaveBeenCalledTimes(1)
})

test('Select shows the words of the value', () => {
  const options = [{ value: 'admin', label: 'Administrator' }] as const
  render(<Select aria-label="Role" value="admin" onValueChange={() => {}} options={[...options]} />)
  expect(screen.getByRole('combobox', { name: 'Role' }).textContent).toContain('Administrator')
})

test('ConfirmDialog asks, and only its button confirms', async () => {
  const onConfirm = vi.fn()
  const words = { title: 'Delete?', description: 'For good.', confirmLabel: 'Delete', cancelLabel: 'Cancel' }
  render(<ConfirmDialog open onOpenChange={() => {}} {...words} onConfirm={onConfirm} danger />)
  const dialog = await screen.findByRole('alertdialog', { name: 'Delete?' })
  await userEvent.click(within(dialog).getByRole('button', { name: 'Cancel' }))
  expect(onConfirm).not.toHaveBeenCalled()
  await userEvent.click(within(dialog).getByRole('button', { name: 'Delete' }))
  expect(onConfirm).toHaveBeenCalledTimes(1)
})

describe('Tree', () => {
  const nodes = [{ id: 'c', children: [{ id: 'sh' }, { id: 'sg' }] }]

  function Organisation({ onSelect }: { onSelect: (id: string) => void }) {
    const [open, setOpen] = useState(new Set<string>())
    return (
      <Tree
        label="Organisation"
        nodes={nodes}
        open={open}
        onOpenChange={setOpen}
        onSelect={node => onSelect(node.id)}
        renderNode={node => node.id}
      />
    )
  }

  test('opens, moves and chooses by keys; one item takes Tab', async () => {
    const onSelect = vi.fn()
    render(<Organisation onSelect={onSelect} />)
    await userEvent.tab()
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowDown}{Enter}')
    expect(onSelect).toHaveBeenLastCalledWith('sg')
    const items = screen.getAllByRole('treeitem')
    expect(items.map(item => item.tabIndex)).toEqual([-1, -1, 0])
    expect(items[2]?.getAttribute('aria-posinset')).toBe('2')
  })
})
