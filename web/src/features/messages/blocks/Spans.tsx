import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { drawn } from '@/characters'
import type { Mark, Span } from '@/core/api'
import { otherPlace } from './addresses'
import styles from './blocks.module.css'
import { isLinkTarget } from './link-target'
import { linked } from './linked'
import { Mention } from './Mention'
import { linkText } from './text'

/** Text with its marks, links, addresses and mentions. Line breaks in text are kept by the style. */
export function Spans({ spans }: { spans: readonly Span[] }) {
  return linked(spans).map((span, index) => <SpanView key={index} span={span} />)
}

function SpanView({ span }: { span: Span }) {
  switch (span.type) {
    case 'text':
      return marked(leaning(drawn(span.text), span.marks), span.marks ?? [])
    case 'link':
      return marked(<Link href={span.href} text={drawn(linkText(span))} />, span.marks ?? [])
    case 'mention':
      return <Mention person={span.person} name={span.name} />
    case 'mention_all':
      return (
        <span className={styles.mention} data-mention="all">
          <Trans>@all</Trans>
        </span>
      )
    default:
      return null
  }
}

/** What the server lets in; checked again where a click would follow it. Words that name another place do not hide it. */
function Link({ href, text }: { href: string; text: string }) {
  if (!isLinkTarget(href)) return text
  const elsewhere = otherPlace(text, href)
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {text}
      {elsewhere && <span data-uncopied>{` (${elsewhere})`}</span>}
    </a>
  )
}

/** In what is emphasised ideographs stand apart: they have a sign of their own. */
function leaning(text: string, marks: readonly Mark[] = []): ReactNode {
  if (!marks.includes('italic') || !/\p{Script=Han}/u.test(text)) return text
  return text.split(/(\p{Script=Han}+)/u).map((part, index) =>
    index % 2 === 1 ? (
      <span key={index} className={styles.han}>
        {part}
      </span>
    ) : (
      part
    ),
  )
}

const tags: Record<Mark, 'strong' | 'em' | 'code' | 's'> = { bold: 'strong', italic: 'em', code: 'code', strike: 's' }

function marked(text: ReactNode, marks: readonly Mark[]): ReactNode {
  return marks.reduceRight<ReactNode>((inner, mark) => {
    const Tag = tags[mark]
    return Tag ? <Tag>{inner}</Tag> : inner
  }, text)
}
