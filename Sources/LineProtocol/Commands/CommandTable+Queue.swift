import RegistryModel

/// The review queue: its tasks, their number, and who has them.
extension CommandTable {
    static let queue = Command(
        verb: .queue, roles: [.steward, .admin],
        arguments: [
            .positional("count", "answer how many tasks there are instead", isRequired: false),
            .keyed(
                "by", "GROUP",
                "with `count`: by `kind`, `reason`, `priority`, `territory` or `assignee`"),
            .keyed(
                "kind", "KIND", "`duplicate`, `overlay`, `identifier-conflict` or `death` alone"),
            .keyed("territory", "CODE", "the tasks of one territory alone"),
            .keyed("assignee", "NAME", "the tasks of one steward alone; \"\" for those of nobody"),
            .keyed("overdue", "yes", "the tasks alone whose term is over"),
            .keyed(
                "limit", "N",
                "the most tasks, 1 to \(ProtocolLimits.pageLimitMax), else "
                    + "\(ProtocolLimits.pageLimitDefault)"),
            .keyed("after", "TASK", "the tasks behind this one: `next` of the answer before"),
            minimumPosition,
        ], takesPerson: false,
        summary:
            "Answers the open review tasks: the highest priority first, then the heaviest, then "
            + "the oldest; and how many there are of each kind. A task whose term is over rises in "
            + "priority.",
        example: [
            "QUEUE kind=duplicate limit=1",
            "OK 1 duplicate=120 overlay=3 identifier_conflict=0 next=812",
            #"{"task":812,"kind":"duplicate","realm":"patient","priority":1,"weight":9.25,"#
                + #""reason":"veto","#
                + #""territory":"arica","assignee":"ines","since":"…","due":"…","escalations":0,"#
                + #""records":[{"record":"clinic:7","euid":"…"},{"record":"hospital:A-1",…}]}"#,
            "QUEUE count by=territory", "OK 1",
            #"{"territory":"arica","open":120,"unassigned":80,"overdue":3,"oldest":"…"}"#,
        ])

    static let assign = Command(
        verb: .assign, roles: [.steward, .admin],
        arguments: [
            .keyed("task", "TASK", "an open task", isRequired: true, isRepeated: true),
            .keyed("to", "NAME", "the steward who takes the tasks on; \"\" for nobody"),
            .keyed("due", "TIME", "by when: a day, which means its end in UTC, or a time"),
            .keyed(
                "priority", "N", "how urgent: 0 to \(ReviewSchedule.priorityMax), the highest first"
            ),
        ], takesPerson: false,
        summary: "Gives open tasks to a steward, another term or another priority; all or none.",
        example: [
            "ASSIGN task=812 task=815 to=ines due=2026-12-01", "OK 2",
            #"{"task":812,"kind":"duplicate","priority":1,…,"assignee":"ines",…}"#,
            #"{"task":815,…}"#,
        ])
}
