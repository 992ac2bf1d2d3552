import Linkage
import Testing

@testable import Registry

/// Records wait to be entered until somebody asks, and for a while after that they do not.
///
/// Method: an index, and records that are added as those of a load are; who asks finds all of them, few or many.
@Suite struct LateRecordsTests {
    private static func records(_ places: Range<Int>) -> EncodedRecords {
        var records = EncodedRecords(capacity: places.count)
        for place in places { records.append(DecisionRegistry.person(place)) }
        return records
    }

    private static func emptyIndex() throws -> OnlineIndex {
        OnlineIndex(model: try #require(ShippedModels.named("cl")))
    }

    @Test(arguments: [100, RegistryLimits.lateRecordsFew + 100])
    func whoAsksFindsThem(count: Int) throws {
        let (index, late) = (try Self.emptyIndex(), LateRecords())
        late.append(Self.records(0..<count), slot: 0, to: index)
        late.append(Self.records(count..<count + 50), slot: UInt32(count), to: index)
        late.enterMany(into: index)
        #expect(late.count == count + 50 && index.count == 0, "nobody has asked yet")
        late.enterForAsker(into: index)
        #expect(late.count == 0 && index.count == count + 50)
        for place in [0, 60, count - 1, count, count + 49] {
            let found = index.match(DecisionRegistry.person(place), limit: 1)
            #expect(found.first?.slot == UInt32(place))
        }
        late.append(Self.records(0..<1), slot: UInt32(count + 50), to: index)
        late.enterMany(into: index)
        #expect(late.count == 0 && index.count == count + 51, "others will ask")
    }

    @Test func theLastAreTakenAwayUnseen() throws {
        let (index, late) = (try Self.emptyIndex(), LateRecords())
        late.append(Self.records(0..<3), slot: 0, to: index)
        #expect(!late.removeLast(1) && late.removeLast(2) && late.removeLast(1))
        late.enter(into: index)
        #expect(index.count == 1 && !late.removeLast(0))
    }
}
