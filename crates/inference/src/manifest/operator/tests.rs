use super::*;

const TEXT: &str = r#"
    schema = 1
    [face_embedding]
    file = "ours.onnx"
    sha256 = "3a5ea1b7bc7218ca56479aaff0933d92ffc7c527dab3e2085ba371684196ab0f"
    licence = "bought from its maker"
    provenance = "not stated"
    input = "data"
    output = "out"
    side = 112
    colour = "BGR"
    mean = [127.5, 127.5, 127.5]
    scale = 128.0
    length = 512
    use = { joined = 0.5 }
"#;

#[test]
fn an_operators_file_adds_a_network_to_the_shipped_ones() {
    let manifest = Manifest::shipped().with_operator(TEXT).unwrap();
    assert_eq!(manifest.models().len(), Manifest::shipped().models().len() + 1);
    let entry = manifest.model(Role::FaceEmbeddingC).unwrap();
    assert_eq!((entry.file.as_str(), entry.outputs[0].name.as_str()), ("ours.onnx", "out"));
    let contract = manifest.own_embedding().unwrap();
    assert_eq!((contract.zoom, contract.role), (1.0, EmbeddingUse::Joined(0.5)));
    assert_eq!(Manifest::shipped().own_embedding(), None);
    let alone = TEXT.replace("{ joined = 0.5 }", "\"alone\"");
    let manifest = Manifest::shipped().with_operator(&alone).unwrap();
    assert_eq!(manifest.own_embedding().unwrap().role, EmbeddingUse::Alone);
    let again: Manifest = toml::from_str(&toml::to_string(&manifest).unwrap()).unwrap();
    assert_eq!(again, manifest);
}

#[test]
fn an_operators_file_that_makes_no_sense_is_refused() {
    let cases = [
        ("schema = 1", "schema = 2"),
        ("\"ours.onnx\"", "\"../ours.onnx\""),
        ("\"ours.onnx\"", "\"iris.onnx\""),
        ("side = 112", "side = 8"),
        ("length = 512", "length = 5"),
        ("scale = 128.0", "scale = 0.0"),
        ("scale = 128.0", "zoom = 9.0\nscale = 128.0"),
        ("\"BGR\"", "\"CMYK\""),
        ("joined = 0.5", "joined = 0.0"),
        ("{ joined = 0.5 }", "\"instead\""),
        ("input = ", "inputs = "),
        ("length = 512", "length = 512\nlayers = 50"),
    ];
    for (from, to) in cases {
        assert!(TEXT.contains(from), "{from}");
        assert!(Manifest::shipped().with_operator(&TEXT.replace(from, to)).is_err(), "{to}");
    }
}

const PASSIVE: &str = r#"
    schema = 1
    [face_passive_liveness]
    file = "living.onnx"
    sha256 = "3a5ea1b7bc7218ca56479aaff0933d92ffc7c527dab3e2085ba371684196ab0f"
    licence = "bought from its maker"
    provenance = "not stated"
    input = "input"
    output = "probability"
    side = 80
    colour = "BGR"
    mean = [0.0, 0.0, 0.0]
    scale = 1.0
    zoom = 2.7
    classes = 3
    live = 1
    values = "probabilities"
"#;

#[test]
fn a_passive_network_comes_alone_or_beside_an_embedding() {
    let manifest = Manifest::shipped().with_operator(PASSIVE).unwrap();
    let contract = manifest.own_passive().unwrap();
    assert_eq!((contract.zoom, contract.live), (2.7, 1));
    assert_eq!((manifest.own_embedding(), Manifest::shipped().own_passive()), (None, None));
    let both = format!("{TEXT}{}", PASSIVE.replace("schema = 1", ""));
    let manifest = Manifest::shipped().with_operator(&both).unwrap();
    assert!(manifest.own_passive().is_some() && manifest.own_embedding().is_some());
    let again: Manifest = toml::from_str(&toml::to_string(&manifest).unwrap()).unwrap();
    assert_eq!(again, manifest);
}

#[test]
fn a_passive_network_that_makes_no_sense_is_refused() {
    let cases = [
        ("live = 1", "live = 3"),
        ("zoom = 2.7", "zoom = 27"),
        ("classes = 3", "classes = 0"),
        ("side = 80", "side = 8"),
        ("scale = 1.0", "scale = 0.0"),
        ("\"probabilities\"", "\"distances\""),
        ("live = 1", "live = 1\nlayers = 50"),
        ("\"living.onnx\"", "\"../living.onnx\""),
    ];
    for (from, to) in cases {
        assert!(PASSIVE.contains(from), "{from}");
        assert!(Manifest::shipped().with_operator(&PASSIVE.replace(from, to)).is_err(), "{to}");
    }
}
