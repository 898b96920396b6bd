import type { Id, Member } from '../../core/api/contract.ts'
import { compareIds, idSite, laterId } from '../../core/api/ids.ts'

/** How the members are spread over buckets: a change copies one of them, however large the group is. */
const buckets = 64

/** Nobody joined later, or has read further at any site, than this; who is gone may have. */
interface Horizon {
  joined: Id
  marks: Readonly<Record<number, Id>>
}

type Bucket = readonly Member[]

/** Who is in a conversation, as what. */
export type Roster = readonly Pick<Member, 'person' | 'role'>[]

const noBucket: Bucket = []
/** Before all ids there are. */
const earliest: Id = '-9999999999999999999'
const nobodyYet: Horizon = { joined: earliest, marks: {} }

/**
 * The members of a conversation by person. Never changed in place: another one shares all but a few lines with the one it was made
 * of, so that a message in a group of thousands costs what it costs among ten.
 */
export class Members {
  readonly size: number
  private readonly lines: readonly Bucket[]
  private readonly horizon: Horizon
  /** Shared by all that have the same people in the same roles. */
  private readonly known: { roster: Roster | null }

  private constructor(lines: readonly Bucket[], size: number, horizon: Horizon, known: { roster: Roster | null }) {
    this.lines = lines
    this.size = size
    this.horizon = horizon
    this.known = known
  }

  static of(members: readonly Member[]): Members {
    const lines: Member[][] = Array.from({ length: buckets }, () => [])
    for (const member of members) lines[bucketOf(member.person)]?.push(member)
    return new Members(lines, members.length, members.reduce(widened, nobodyYet), { roster: null })
  }

  get(person: Id): Member | undefined {
    return this.bucket(person).find(member => member.person === person)
  }

  /** In no order that means anything. */
  all(): Member[] {
    return this.lines.flat()
  }

  /** Who they are, and as what: the same array as long as nobody comes, goes or gets another role. */
  roster(): Roster {
    this.known.roster ??= this.all().map(({ person, role }) => ({ person, role }))
    return this.known.roster
  }

  /** With a person, in the place of what was known of them. */
  with(member: Member): Members {
    const bucket = this.bucket(member.person)
    const at = bucket.findIndex(({ person }) => person === member.person)
    const line = at < 0 ? [...bucket, member] : bucket.with(at, member)
    const size = at < 0 ? this.size + 1 : this.size
    const known = bucket[at]?.role === member.role ? this.known : { roster: null }
    return new Members(this.replacing(member.person, line), size, widened(this.horizon, member), known)
  }

  without(person: Id): Members {
    const bucket = this.bucket(person)
    const left = bucket.filter(member => member.person !== person)
    if (left.length === bucket.length) return this
    return new Members(this.replacing(person, left), this.size - 1, this.horizon, { roster: null })
  }

  /** Whether somebody may have read a message before it came here, or joined after it was written. "No" is certain. */
  mayHavePassed(message: Id): boolean {
    const mark = this.horizon.marks[idSite(message)]
    return compareIds(message, this.horizon.joined) < 0 || (mark !== undefined && compareIds(message, mark) <= 0)
  }

  private bucket(person: Id): Bucket {
    return this.lines[bucketOf(person)] ?? noBucket
  }

  private replacing(person: Id, bucket: Bucket): readonly Bucket[] {
    return this.lines.with(bucketOf(person), bucket)
  }
}

/** Ids made in one moment differ at their end. */
function bucketOf(person: Id): number {
  let hash = 0
  for (let at = Math.max(0, person.length - 10); at < person.length; at++)
    hash = (hash * 31 + person.charCodeAt(at)) | 0
  return hash & (buckets - 1)
}

function widened(horizon: Horizon, { joined, marks }: Member): Horizon {
  const further = marks.filter(mark => compareIds(mark, horizon.marks[idSite(mark)] ?? earliest) > 0)
  if (further.length === 0 && compareIds(joined, horizon.joined) <= 0) return horizon
  return {
    joined: laterId(joined, horizon.joined),
    marks: { ...horizon.marks, ...Object.fromEntries(further.map(mark => [idSite(mark), mark])) },
  }
}
