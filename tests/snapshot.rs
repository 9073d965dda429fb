//! Snapshots: what is restored answers as what was saved; what is damaged, forged or no snapshot at all is refused, or
//! is without contradiction.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test that panics has failed"
)]

#[path = "support/native.rs"]
mod native;
mod oracle;
mod support;
mod worlds;

use proptest::prelude::*;
use scan_precheck::estimate::model::{CycleOptions, ModelDocument};
use scan_precheck::estimate::{FacetOptions, SuggestOptions};
use scan_precheck::snapshot::{self, RestoreOptions};
use scan_precheck::{ChargeModel, CountBy, Error, EstimateOptions, Estimator, Field, Filter, LoadReport};
use serde_json::{Value, json};
use worlds::{RULES, world};

/// Bytes of a block, in which everything is written.
const BLOCK: usize = 32;

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_restored_answers_as_what_was_saved(world in world(150)) {
        let saved = native::load(&world.json(), &world.load_options(), usize::MAX).unwrap();
        let bytes = save(&saved);
        let restored = restore(&bytes).unwrap();
        for filter in [world.filter(), json!({})] {
            prop_assert_eq!(answers(&restored, &filter), answers(&saved, &filter));
        }
        prop_assert_eq!(&restored.1, &saved.1);
        prop_assert!(save(&restored) == bytes, "saved again, it is another snapshot");
    }
}

#[test]
fn every_conformance_case_is_answered_from_a_snapshot() {
    support::check_all(|case| {
        let saved =
            native::load_all(&case.sources(), &case.options, usize::MAX).map_err(|error| native::error(&error))?;
        let restored = restore(&save(&saved)).unwrap();
        let filter = case.filter.clone().unwrap_or(json!({}));
        native::ask(&restored, &filter, &case.estimate_options).map_err(|error| native::error(&error))
    });
}

/// Written once, by the package, and kept: what has this number of a form is restored by every version to come.
#[test]
fn a_snapshot_that_was_kept_is_restored() {
    let restored = restore(include_bytes!("snapshots/form-1.bin")).unwrap();
    for filter in [json!({}), json!({ "tags": "1", "digests": "sha512:ab" })] {
        assert_eq!(answers(&restored, &filter), answers(&small(), &filter));
    }
    assert_eq!(restored.1, small().1);
}

#[test]
fn a_new_cycle_can_begin_between_saving_and_restoring() {
    let export = r#"[{"Tag":"1","LastScanTime":1500},{"Tag":"2","LastScanTime":2500}]"#;
    let charged = |(estimator, _): &(Estimator, LoadReport)| {
        estimator.estimate(&Filter::default(), &EstimateOptions::default()).unwrap().free.charged
    };
    let saved = native::load(export, &json!({ "cycleStart": 1_000 }), usize::MAX).unwrap();
    let bytes = save(&saved);
    let restored = |options| charged(&snapshot::restore(&bytes, &options).unwrap());
    assert_eq!([charged(&saved), restored(RestoreOptions::default())], [2, 2]);
    assert_eq!(restored(RestoreOptions::default().with_cycle_start(2_000)), 1);
}

/// The document of a charge model is in a snapshot too, and a restored inventory can go over to another one.
#[test]
fn a_charge_model_is_restored_and_can_be_another() {
    let documents = [
        include_str!("../models/alibaba-security-center.json"),
        include_str!("../models/google-artifact-analysis.json"),
        include_str!("../models/huawei-hss.json"),
        include_str!("../models/tencent-tcss.json"),
    ]
    .map(|text| ModelDocument::from_json(text).unwrap());
    let now = Some(3_000);
    let bill = |(estimator, _): &(Estimator, LoadReport)| {
        serde_json::to_value(estimator.bill(&Filter::default(), &EstimateOptions::default(), now).unwrap()).unwrap()
    };
    for mut saved in samples() {
        for document in &documents {
            saved.0.set_model(document.clone(), &CycleOptions::default().with_now(3_000)).unwrap();
            let bytes = save(&saved);
            let mut restored = restore(&bytes).unwrap();
            assert_eq!(restored.0.document(), Some(document));
            assert_eq!(bill(&restored), bill(&saved));
            assert!(save(&restored) == bytes, "saved again, it is another snapshot");
            for count_by in [CountBy::Image, CountBy::RepositoryTag, CountBy::RepositoryDigest, CountBy::Digest] {
                for loaded in [&mut saved, &mut restored] {
                    loaded.0.set_charge_model(ChargeModel::new(count_by, Some(1_500))).unwrap();
                }
                assert_eq!(restored.0.document(), None);
                assert_eq!(answers(&restored, &json!({})), answers(&saved, &json!({})));
                assert!(save(&restored) == save(&saved), "another order of rows");
            }
            let other = snapshot::restore(&bytes, &RestoreOptions::default().with_cycle_start(2_000));
            match document.charge_model(&CycleOptions::default().with_cycle_start(2_000)) {
                Ok(model) => assert_eq!(*other.unwrap().0.charge_model(), model),
                Err(expected) => assert_eq!(other.err(), Some(expected)),
            }
        }
    }
}

/// A report that is not the inventory's would be a snapshot that cannot be restored.
#[test]
fn only_the_inventorys_own_report_is_saved_with_it() {
    let (one, other) = (samples().remove(0), native::load("[]", &Value::Null, usize::MAX).unwrap());
    assert_eq!(snapshot::save(&one.0, &other.1).unwrap_err().kind().code(), "invalid-value");
}

#[test]
fn what_is_no_snapshot_is_told_so() {
    let bytes = save(&samples().remove(0));
    let gzip = [b"\x1f\x8b\x08".as_slice(), &[0; 100]].concat();
    for foreign in
        [b"".as_slice(), b"{}", b"[{\"RepoName\":\"web\",\"Tag\":\"1\",\"Digest\":\"\"}]", &gzip, &bytes[BLOCK..]]
    {
        let error = restore(foreign).err().unwrap();
        assert_eq!(error.kind().code(), "not-a-snapshot");
        assert!(error.message().contains("load an export"), "{error}");
    }
    let mut newer = bytes.clone();
    newer[8] = 2;
    let error = restore(&newer).err().unwrap();
    assert_eq!(error.kind().code(), "newer-snapshot");
    assert!(error.message().contains("load the export"), "{error}");
    for longer in [[bytes.as_slice(), &[0]].concat(), [bytes.as_slice(), &[0; BLOCK]].concat(), bytes.repeat(2)] {
        assert_eq!(restore(&longer).err().unwrap().kind().code(), "damaged-snapshot");
    }
}

#[test]
fn what_is_cut_off_anywhere_is_refused() {
    let bytes = save(&small());
    for length in 0..bytes.len() {
        let error = restore(&bytes[..length]).err().unwrap();
        let expected = if length < BLOCK { "not-a-snapshot" } else { "damaged-snapshot" };
        assert_eq!(error.kind().code(), expected, "cut off at {length}");
    }
}

#[test]
fn any_byte_that_is_another_is_found() {
    let bytes = save(&small());
    let mut changed = bytes.clone();
    for place in 0..bytes.len() {
        for change in [0x01, 0x80, 0xff, 0x5a] {
            changed[place] ^= change;
            assert!(restore(&changed).is_err(), "byte {place} changed by {change:#x}");
            changed[place] ^= change;
        }
    }
    assert!(restore(&changed).is_ok());
}

/// Damage under a checksum that was made to fit: what is taken for a snapshot all the same is one, and its answers
/// do not contradict each other.
#[test]
fn forged_snapshots_are_refused_or_without_contradiction() {
    let originals: Vec<Vec<u8>> = samples().iter().map(save).collect();
    let mut random = numbers(7);
    let (mut accepted, mut found_when_asked) = (0, 0);
    for round in 0..100_000 {
        let original = &originals[round % originals.len()];
        let mut forged = original.clone();
        for _ in 0..1 + random(3) {
            damage(&mut forged, &mut random);
        }
        seal(&mut forged);
        if let Ok(restored) = restore(&forged) {
            accepted += usize::from(forged != *original);
            assert!(save(&restored) == forged, "something in it was passed over");
            if let Err(error) = without_contradiction(&restored) {
                assert_eq!(error.kind().code(), "damaged-snapshot");
                found_when_asked += 1;
            }
        }
    }
    assert!(accepted > 1_000 && found_when_asked > 10, "{found_when_asked} of {accepted}: the damage is not subtle");
}

/// Changes some bytes in one of the ways in which they may do harm.
fn damage(bytes: &mut Vec<u8>, random: &mut impl FnMut(usize) -> usize) {
    // The first block says what it is.
    let place = BLOCK + random(bytes.len() - 2 * BLOCK);
    let (four, eight) = (place / 4 * 4, place / 8 * 8);
    let other = BLOCK + random(bytes.len() - 2 * BLOCK) / 4 * 4;
    match random(8) {
        0 => bytes[place] = random(256) as u8,
        1 => bytes[place] ^= 1 << random(8),
        2 => {
            let number = u32::from_le_bytes(*bytes[four..].first_chunk().unwrap());
            let number = [number.wrapping_add(1), number.wrapping_sub(1), 0, 1, u32::MAX, u32::MAX >> 1][random(6)];
            bytes[four..four + 4].copy_from_slice(&number.to_le_bytes());
        }
        3 => {
            let number = [0, 1, 63, 64, 65, u64::MAX, 1 << 31, 1 << 32, (1 << 32) - 1, 1 << 63, 1 << 61][random(11)];
            bytes[eight..eight + 8].copy_from_slice(&number.to_le_bytes());
        }
        4 => (0..4).for_each(|byte| bytes.swap(four + byte, other + byte)),
        5 => bytes.copy_within(four..four + 4, other),
        6 => {
            let block = place / BLOCK * BLOCK;
            drop(bytes.drain(block..block + BLOCK));
        }
        _ => {
            let block = place / BLOCK * BLOCK;
            let copy = bytes[block..block + BLOCK].to_vec();
            drop(bytes.splice(block..block, copy));
        }
    }
}

/// Makes length and checksum fit.
fn seal(bytes: &mut [u8]) {
    let length = bytes.len();
    bytes[16..24].copy_from_slice(&(length as u64).to_le_bytes());
    let sum = twox_hash::XxHash64::oneshot(0, &bytes[..length - BLOCK]);
    bytes[length - BLOCK..length - BLOCK + 8].copy_from_slice(&sum.to_le_bytes());
}

/// What a facet says of a value is what an estimate says of it, and the values of a field make up all images. Two
/// values that are the same are found at the latest by the first question that they could make wrong.
fn without_contradiction((estimator, report): &(Estimator, LoadReport)) -> Result<(), Error> {
    let whole = estimator.estimate(&Filter::default(), &EstimateOptions::default())?;
    assert_eq!(report.images, estimator.inventory().images());
    assert_eq!(whole.images, whole.quota + whole.free.duplicates + whole.free.charged);
    assert_eq!(whole.images + whole.not_scannable, report.images);
    for field in Field::ALL {
        let facets = estimator.facets(&Filter::default(), &FacetOptions::new(field).with_limit(10_000))?;
        let mut images = facets.absent.images;
        for facet in &facets.values {
            images += facet.images;
            let can_be_asked_for = !facet.value.contains(',') && facet.value.trim() == facet.value;
            if can_be_asked_for {
                let filter = Filter::from_pairs([(field.wire_name(), facet.value.as_str())]).unwrap();
                let estimate = estimator.estimate(&filter, &EstimateOptions::default())?;
                assert_eq!((estimate.images, estimate.quota), (facet.images, facet.quota), "{}", facet.value);
            }
        }
        assert_eq!(images, whole.images);
        let suggestions = estimator.suggest(&Filter::default(), &SuggestOptions::new(field).with_text("a"))?;
        assert!(suggestions.total <= facets.total + whole.not_scannable);
    }
    Ok(())
}

/// All that can be asked.
fn answers(loaded: &(Estimator, LoadReport), filter: &Value) -> Value {
    let estimate = native::ask(loaded, filter, &json!({ "remaining": 3 })).unwrap();
    let filter = Filter::from_input(native::input(filter)).unwrap();
    let of_fields = Field::ALL.map(|field| {
        let facets = loaded.0.facets(&filter, &FacetOptions::new(field)).unwrap();
        let suggestions = ["", "a", "1", "sha256:6"].map(|text| {
            serde_json::to_value(loaded.0.suggest(&filter, &SuggestOptions::new(field).with_text(text)).unwrap())
        });
        json!([facets, suggestions.map(Result::unwrap)])
    });
    json!([estimate.estimate, estimate.precheck, estimate.report, of_fields])
}

fn save((estimator, report): &(Estimator, LoadReport)) -> Vec<u8> {
    snapshot::save(estimator, report).unwrap()
}

fn restore(bytes: &[u8]) -> Result<(Estimator, LoadReport), Error> {
    snapshot::restore_with_seed(bytes, &RestoreOptions::default(), 1)
}

/// A few rows with one of each.
fn small() -> (Estimator, LoadReport) {
    let digest = "6a5e103187b31a94592a47a5858617f7".repeat(2);
    let export = format!(
        "RepoName,Tag,Digest,LastScanTime,charged,scannable,Note\n\
         web,1,{digest},1700000000000,,,\n\
         api,1,sha512:ab,,true,false,x\n\
         too,few\n\
         web,1,{digest},1700000000001,,,\n"
    );
    native::load(&export, &json!({ "cycleStart": 1_600_000_000_000_i64 }), usize::MAX).unwrap()
}

/// Inventories in which columns are kept in every form, under each charge model.
fn samples() -> Vec<(Estimator, LoadReport)> {
    let mut random = numbers(1);
    let mut export = String::from(
        "RegistryType,RegionId,RepoNamespace,RepoName,RepoId,Tag,Digest,LastScanTime,charged,scannable,Note\n",
    );
    for row in 0..230 {
        let digest = match random(20) {
            0 => String::new(),
            1 => format!("sha512:{}", random(9)),
            _ => format!("{:08x}", (random(120) as u32).wrapping_mul(0x9e37_79b1)).repeat(8),
        };
        let tag = if random(9) == 0 { String::new() } else { format!("1.{}", random(70)) };
        let time = if random(3) == 0 { String::new() } else { (1_000 + random(2_000)).to_string() };
        let charged = ["", "", "", "true", "false"][random(5)];
        let scannable = ["", "", "", "false"][random(4)];
        let repository = random(1 + row / 8);
        export += &format!(
            "acr,cn-{},ns,web-{repository},crr-{repository},{tag},{digest},{time},{charged},{scannable},x\n",
            repository % 3
        );
    }
    export += "too,few\n";
    let models = RULES.map(|(rule, _)| json!({ "chargeModel": { "countBy": rule }, "cycleStart": 1_500 }));
    let mut samples: Vec<_> = models.iter().map(|model| native::load(&export, model, usize::MAX).unwrap()).collect();
    let mut of_document = native::load(&export, &Value::Null, usize::MAX).unwrap();
    of_document
        .0
        .set_model(ModelDocument::security_center(), &CycleOptions::default().with_cycle_start(1_500))
        .unwrap();
    samples.push(of_document);
    samples.push(small());
    samples.push(native::load("[]", &Value::Null, usize::MAX).unwrap());
    assert_eq!(*samples[1].0.charge_model(), ChargeModel::new(CountBy::RepositoryDigest, Some(1_500)));
    samples
}

/// Numbers as if by chance, each below a number that is asked for.
fn numbers(seed: u64) -> impl FnMut(usize) -> usize {
    let mut state = seed;
    move |below| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    }
}
