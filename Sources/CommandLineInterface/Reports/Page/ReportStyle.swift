/// How a page looks: on a screen in light and dark, narrow and wide, and on paper.
enum ReportStyle {
    static let sheet: Markup = Markup(
        stringLiteral: colours + text + tables + figures + samples + paper)

    private static let colours = """
        :root {
            color-scheme: light dark; --paper: #fff; --panel: #f5f7f9; --ink: #1b2228;
            --soft: #56616b; --line: #d8dee4; --grid: #e6eaee; --for: #1d64ab;
            --against: #b3432b; --review: #a86a0b; --none: #7d8893; --kin: #4f8a5b;
            --sibling: #8a5fa8; --warn: #fdf3dd; --warn-line: #d9a441;
        }
        @media (prefers-color-scheme: dark) {
            :root {
                --paper: #13171b; --panel: #1b2127; --ink: #e7ebee; --soft: #a0abb5;
                --line: #323b44; --grid: #262e36; --for: #6fb1f2; --against: #f0917a;
                --review: #e2ac48; --none: #87929d; --kin: #7cc08a; --sibling: #c39be0;
                --warn: #2c2413; --warn-line: #8a6a24;
            }
        }

        """

    private static let text = """
        * { box-sizing: border-box }
        body {
            margin: 0 auto; padding: 2.5rem 1.5rem 4rem; max-width: 66rem;
            background: var(--paper); color: var(--ink);
            font: 400 15px/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif;
            font-variant-numeric: tabular-nums; -webkit-text-size-adjust: 100%;
        }
        h1 {
            margin: 0; font-size: 1.9rem; line-height: 1.2; font-weight: 650;
            letter-spacing: -.015em;
        }
        h2 {
            margin: 0 0 .5rem; font-size: 1.3rem; font-weight: 650;
            letter-spacing: -.01em;
        }
        h3 { margin: 1.75rem 0 .5rem; font-size: 1rem; font-weight: 650 }
        p { margin: .4rem 0; max-width: 46rem }
        .subtitle, .note { color: var(--soft) }
        .note { font-size: .87rem }
        .notice {
            margin: 1.25rem 0 0; padding: .7rem 1rem; max-width: none;
            background: var(--warn); border-left: 4px solid var(--warn-line);
            border-radius: 2px;
        }
        nav {
            display: flex; flex-wrap: wrap; gap: .3rem 1.25rem; margin: 1.5rem 0 0;
            font-size: .9rem;
        }
        a {
            color: var(--for); text-decoration-thickness: 1px;
            text-underline-offset: .15em;
        }
        section {
            margin-top: 2.25rem; padding-top: 1.5rem; border-top: 1px solid var(--line);
        }
        .facts {
            display: grid; grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr));
            gap: .75rem; margin: 1rem 0 1.5rem; padding: 0;
        }
        .facts div { padding: .65rem .75rem; background: var(--panel); border-radius: 6px }
        .facts dt { color: var(--soft); font-size: .82rem }
        .facts dd {
            margin: 0; font-size: 1.15rem; font-weight: 600; letter-spacing: -.01em;
        }
        .facts dd small {
            display: block; font-size: .78rem; font-weight: 400; color: var(--soft);
            letter-spacing: 0;
        }
        bdi { overflow-wrap: anywhere }

        """

    private static let tables = """
        .scroll { overflow-x: auto; margin: .75rem 0 1.25rem }
        table { border-collapse: collapse; width: 100%; font-size: .87rem }
        caption {
            padding: 0 0 .4rem; text-align: left; color: var(--soft); font-size: .87rem;
        }
        caption span { display: block; max-width: min(46rem, calc(100vw - 2rem)) }
        caption b { color: var(--ink); font-size: 1rem; font-weight: 650 }
        th, td {
            padding: .28rem .6rem; text-align: left; vertical-align: baseline;
            font-weight: 400;
        }
        th:first-child, td:first-child { padding-left: 0 }
        th:last-child, td:last-child { padding-right: 0 }
        thead th {
            color: var(--soft); font-size: .8rem; vertical-align: bottom;
            border-bottom: 1px solid var(--line);
        }
        tbody tr { border-bottom: 1px solid var(--grid) }
        .n { text-align: right; white-space: nowrap }
        .stacked td { white-space: nowrap }
        .soft { color: var(--soft) }
        .bad { color: var(--against) }
        .cell { display: block }
        .cell small {
            display: block; color: var(--soft); font-size: .75rem; line-height: 1.3;
        }
        .cell small.bad { color: var(--against) }
        tr.sum { font-weight: 600 }
        tr.sum th, tr.sum td { font-weight: 600 }

        """

    private static let figures = """
        figure { margin: 1rem 0 1.5rem }
        figcaption { color: var(--soft); font-size: .87rem; max-width: 46rem }
        figcaption span { display: block; max-width: min(46rem, calc(100vw - 2rem)) }
        caption b { color: var(--ink); font-weight: 650 }
        svg { display: block; overflow: visible }
        .plot { margin: 14px 16px 56px 54px; width: calc(100% - 70px) }
        .plot text { font-size: 12px; fill: var(--soft) }
        .plot .label {
            fill: var(--ink); paint-order: stroke; stroke: var(--paper);
            stroke-width: 4px; stroke-linejoin: round;
        }
        .grid { stroke: var(--grid); stroke-width: 1; shape-rendering: crispEdges }
        .axis { stroke: var(--soft); stroke-width: 1; shape-rendering: crispEdges }
        .mark { stroke: var(--ink); stroke-width: 1; stroke-dasharray: 3 3 }
        .for { fill: var(--for) }
        .against { fill: var(--against) }
        .review { fill: var(--review) }
        .none { fill: var(--none) }
        .kin { fill: var(--kin) }
        .sibling { fill: var(--sibling) }
        .track { fill: var(--grid) }
        .line {
            fill: none; stroke-width: 2; vector-effect: non-scaling-stroke;
            stroke-linejoin: round;
        }
        .line.for { stroke: var(--for); fill: none }
        .line.against { stroke: var(--against); fill: none }
        .line.dashed { stroke-dasharray: 6 4 }
        .point { fill: var(--ink); stroke: var(--paper); stroke-width: 2 }
        .legend {
            display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; margin: .4rem 0 0;
            padding: 0; font-size: .83rem; color: var(--soft);
        }
        .legend span { display: inline-flex; align-items: center; gap: .4rem }
        .legend svg { flex: none }
        .bar { min-width: 5rem }
        .bar svg { width: 100% }
        .fields {
            display: grid;
            grid-template-columns: repeat(auto-fit, minmax(min(27rem, 100%), 1fr));
            gap: 0 2.5rem;
        }
        .levels { table-layout: fixed }
        .levels th:first-child { width: 30% }
        .levels .n { width: 5rem; padding-left: .2rem }
        .levels .n:nth-child(3) { width: 3.2rem }
        .levels .bar { width: auto }
        .levels .scroll { margin-bottom: .75rem }

        """

    private static let samples = """
        article {
            margin: 1rem 0 1.5rem; padding: .9rem 1rem .4rem; background: var(--panel);
            border-radius: 6px;
        }
        article header {
            display: flex; flex-wrap: wrap; gap: .1rem 1rem; align-items: baseline;
        }
        article h4 { margin: 0; font-size: 1rem; font-weight: 650 }
        article header span { color: var(--soft); font-size: .87rem }
        article .scroll { margin: .4rem 0 .5rem }
        .tag {
            display: inline-block; padding: 0 .5em; border: 1px solid currentColor;
            border-radius: 1em; font-size: .78rem; line-height: 1.5;
        }
        .tag.for { color: var(--for) }
        .tag.review { color: var(--review) }
        .tag.none { color: var(--none) }
        .tag.against { color: var(--against) }
        .falls { table-layout: fixed }
        .falls th:nth-child(1) { width: 24% }
        .falls th:nth-child(3) { width: 26% }
        .falls .n { width: 3.6rem }
        .falls th small, .pairs th small {
            display: block; color: var(--soft); font-size: .78rem; line-height: 1.3;
        }
        .pairs { table-layout: fixed }
        .pairs th:nth-child(1) { width: 30% }
        .falls caption, .pairs caption {
            position: absolute; width: 1px; height: 1px; overflow: hidden;
            clip-path: inset(50%);
        }
        .two { display: grid; grid-template-columns: 1fr 1fr; gap: 0 .9rem }
        @media (max-width: 40rem) {
            body { padding: 1.5rem 1rem 3rem }
            .two { grid-template-columns: 1fr }
            .two > * + * { border-top: 1px dotted var(--line) }
            .falls th:nth-child(1) { width: 29% }
            .falls th:nth-child(3) { width: 24% }
            .falls .n { width: 3rem }
            .falls th, .falls td {
                padding-left: .25rem; padding-right: .25rem; overflow-wrap: anywhere;
            }
            th, td { padding-left: .3rem; padding-right: .3rem }
            article { padding: .7rem .6rem .3rem }
            .minor { display: none }
            .plot { margin-left: 50px; margin-right: 6px; width: calc(100% - 56px) }
            .levels { font-size: .8rem }
            .levels th:first-child { width: 28% }
            .levels .n { width: 4.1rem }
            .levels thead .n { white-space: normal }
            .levels .n:nth-child(3) { width: 2.7rem }
            .levels th, .levels td { padding-left: .2rem; padding-right: .2rem }
            .stacked thead {
                position: absolute; width: 1px; height: 1px; overflow: hidden;
                clip-path: inset(50%);
            }
            .stacked tbody tr {
                display: grid; grid-template-columns: repeat(3, 1fr); gap: .15rem .75rem;
                padding: .5rem 0;
            }
            .stacked th, .stacked td { display: block; padding: 0; text-align: left }
            .stacked th { grid-column: 1 / -1; font-weight: 600 }
            .stacked td { white-space: normal; overflow-wrap: anywhere }
            .stacked td[data-label=""] { grid-column: 1 / -1 }
            .stacked td[data-label]::before {
                content: attr(data-label); display: block; color: var(--soft);
                font-size: .75rem; line-height: 1.3;
            }
            .stacked td:has(> .soft) { display: none }
        }

        """

    private static let paper = """
        @page { margin: 16mm 14mm }
        @media print {
            :root {
                color-scheme: light; --paper: #fff; --panel: #f5f7f9; --ink: #000;
                --soft: #444; --line: #bbb; --grid: #ddd; --for: #1d64ab;
                --against: #b3432b; --review: #a86a0b; --none: #7d8893; --kin: #4f8a5b;
                --sibling: #8a5fa8; --warn: #fdf3dd; --warn-line: #d9a441;
            }
            * { -webkit-print-color-adjust: exact; print-color-adjust: exact }
            body { max-width: none; padding: 0; font-size: 9.5pt; line-height: 1.35 }
            nav { display: none }
            p { max-width: none }
            section { margin-top: 1.2rem; padding-top: .8rem }
            .scroll { overflow: visible; margin: .4rem 0 .7rem }
            th, td { padding-top: .12rem; padding-bottom: .12rem }
            .stacked { font-size: 7.5pt }
            .stacked th, .stacked td { padding-left: .2rem; padding-right: .2rem }
            .facts { grid-template-columns: repeat(4, 1fr); gap: .5rem; margin: .6rem 0 }
            .fields { grid-template-columns: 1fr 1fr; gap: 0 1.5rem }
            .levels { font-size: 7.5pt }
            .levels .n { width: 3.4rem }
            .levels thead th { font-size: 7pt }
            .levels thead .n { white-space: normal }
            .levels .n:nth-child(3) { width: 2.4rem }
            .plot { margin-left: 62px; width: calc(100% - 78px) }
            article { margin: .5rem 0; padding: .5rem .7rem .1rem }
            article .scroll { margin: .1rem 0 .2rem }
            .falls, .pairs { font-size: 7.5pt }
            .falls th small, .pairs th small { display: inline; margin-left: .5em }
            .falls th:nth-child(1) { width: 32% }
            h2, h3, caption { break-after: avoid }
            figure, article, tr, .facts, .fields > div { break-inside: avoid }
            .scroll:not(:has(.stacked)) { break-inside: avoid }
            thead { display: table-header-group }
        }

        """
}
