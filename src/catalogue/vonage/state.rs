//! The states of a deployment, as Vonage names them. What a person can do in each is not decided here.

/// Where a deployment stands. What the provider may add later is kept as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    Initializing,
    CreatingCluster,
    ClusterCreated,
    CodeSent,
    WrongCode,
    CodeVerified,
    Finalizing,
    Ready,
    Error,
    Deleting,
    Deleted,
    /// A state that is not documented, by its own name; empty where the answer names none.
    Unknown(String),
}

impl State {
    /// The documented ones, in the order of the documentation.
    pub const ALL: [State; 11] = [
        State::Initializing,
        State::CreatingCluster,
        State::ClusterCreated,
        State::CodeSent,
        State::WrongCode,
        State::CodeVerified,
        State::Finalizing,
        State::Ready,
        State::Error,
        State::Deleting,
        State::Deleted,
    ];

    /// The provider's own name, as in `current_state.title`.
    pub fn title(&self) -> &str {
        match self {
            State::Initializing => "INITIALIZING",
            State::CreatingCluster => "CREATING_CLUSTER",
            State::ClusterCreated => "CLUSTER_CREATED",
            State::CodeSent => "CODE_SENT",
            State::WrongCode => "WRONG_CODE",
            State::CodeVerified => "CODE_VERIFIED",
            State::Finalizing => "FINALIZING",
            State::Ready => "READY",
            State::Error => "ERROR",
            State::Deleting => "DELETING",
            State::Deleted => "DELETED",
            State::Unknown(title) => title,
        }
    }

    pub fn from_title(title: &str) -> State {
        let known = State::ALL.into_iter().find(|state| state.title() == title);
        known.unwrap_or_else(|| State::Unknown(title.to_owned()))
    }
}

impl serde::Serialize for State {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.title())
    }
}

impl<'de> serde::Deserialize<'de> for State {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<State, D::Error> {
        String::deserialize(deserializer).map(|title| State::from_title(&title))
    }
}
