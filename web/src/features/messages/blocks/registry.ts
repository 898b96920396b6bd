import type { ComponentType } from 'react'
import type { Block } from '@/core/api'
import { CodeBlock } from './CodeBlock'
import { FileBlock, ImageBlock } from './FileBlock'
import { ListBlock } from './ListBlock'
import { ParagraphBlock } from './ParagraphBlock'
import { QuoteBlock } from './QuoteBlock'

export type BlockOf<T extends Block['type']> = Extract<Block, { type: T }>

export interface BlockViewProps<B> {
  block: B
  /** All of the message, in order. */
  blocks: readonly Block[]
}

/** Which view shows which kind of block. A new kind is one file and one line here. */
export const blockViews: { [T in Block['type']]: ComponentType<BlockViewProps<BlockOf<T>>> } = {
  paragraph: ParagraphBlock,
  quote: QuoteBlock,
  code: CodeBlock,
  list: ListBlock,
  file: FileBlock,
  image: ImageBlock,
}
